using System.CommandLine;
using System.CommandLine.Parsing;

namespace Backprop.Cli;

/// <summary>Says what is wrong with a command line.</summary>
internal static class UsageErrors
{
    /// <summary>Makes an argument refuse words that look like options: a mistyped one would be taken for it.</summary>
    public static void RefuseOptions(Argument argument) => argument.Validators.Add(result =>
    {
        foreach (var token in result.Tokens.Where(LooksLikeOption)) result.AddError($"'{token.Value}' is no {argument.Name}");
    });

    public static int Report(ParseResult parsed, Terminal terminal)
    {
        foreach (string line in Lines(parsed).Distinct(StringComparer.Ordinal)) terminal.Error(line);
        return ExitCode.BadInput;
    }

    private static IEnumerable<string> Lines(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        string help = $"{PathOf(parsed.CommandResult)} --help lists what there is";
        var words = parsed.UnmatchedTokens;
        var unknown = parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens)
            .Where(LooksLikeOption).Select(token => token.Value).Concat(words.Where(word => word.StartsWith('-'))).ToArray();
        // What follows a mistyped option is its value: the option alone is the mistake.
        if (unknown.Length > 0) return unknown.Select(option => UnknownOption(option, parsed.CommandResult, help));
        if (words.Count > 0 && command.Subcommands.Count > 0)
            return [$"there is no command '{words[0]}'; {Suggestion.Or(words[0], command.Subcommands.Select(sub => sub.Name), help)}"];
        if (words.Count > 0) return [$"'{words[0]}' is one word too many; {help}"];
        if (command.Subcommands.Count > 0) return [$"a command is missing; {help}"];
        var missing = parsed.CommandResult.Children.OfType<ArgumentResult>().Where(argument => argument.Tokens.Count == 0).ToArray();
        return missing.Length > 0 ? missing.Select(argument => $"{argument.Argument.Name} is missing; {help}") : parsed.Errors.Select(error => error.Message);
    }

    /// <summary>The words that lead to a command: <c>backprop data get</c>.</summary>
    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : result.Command.Name;

    private static string UnknownOption(string option, CommandResult result, string help)
    {
        var known = new List<string>();
        for (SymbolResult? at = result; at is not null; at = at.Parent)
            if (at is CommandResult { Command: var command })
                known.AddRange(command.Options.Where(own => at == result || own.Recursive).Select(own => own.Name));
        string name = option.Split('=', ':')[0];
        return $"there is no option '{name}'; {Suggestion.Or(name, known, help)}";
    }

    private static bool LooksLikeOption(Token token) => token.Value.Length > 1 && token.Value.StartsWith('-');
}
