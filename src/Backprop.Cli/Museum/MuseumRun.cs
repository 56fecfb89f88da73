using Backprop.Lessons.Museum;

namespace Backprop.Cli.Museum;

/// <summary><c>backprop museum</c> from the name to the page.</summary>
internal static class MuseumRun
{
    public static int Execute(string? name, bool withAnswer, bool asJson, Terminal terminal)
    {
        if (name is null)
        {
            if (withAnswer) throw new InputException("--answer belongs to an exhibit: backprop museum NAME --answer");
            terminal.Output.Write(asJson ? MuseumJson.List() : MuseumText.List());
            return ExitCode.Done;
        }
        var exhibit = Catalogue.Find(name) ?? throw new InputException(
            $"there is no exhibit '{name}'; " +
            Suggestion.Or(name, Catalogue.Exhibits.Select(known => known.Name), "backprop museum lists them"));
        terminal.Output.Write(asJson ? MuseumJson.Of(exhibit, withAnswer) : MuseumText.Of(exhibit, withAnswer));
        return ExitCode.Done;
    }
}
