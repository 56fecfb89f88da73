using System.Numerics;
using Backprop.Explaining;
using Backprop.Saving;
using Backprop.Tensors;

namespace Backprop.Cli.Explain;

/// <summary>Takes the gradients apart that <c>--why</c> names.</summary>
internal static class WhyRun
{
    private const int Listed = 12;

    /// <summary>Reads a tape after its backward pass, and takes the optimizer's step.</summary>
    public static List<ExplainedWhy<T>> Read<T>(NetworkFile<T> network, Tape<T> tape, ExplainSettings settings) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string Number(T value) => NumberText.Of(value, settings.Digits);
        var reader = AnatomyReader<T>.Attach(tape, new() { Number = Number, Labels = network.Labels });
        var anatomies = settings.Why.Select(word => Of(reader, word, network.Labels)).ToList();
        T[] before = [.. anatomies.Select(anatomy => anatomy.Entry.Tensor.Values[anatomy.Entry.Index])];
        var optimizer = network.Optimizer;
        optimizer.Step();
        var parameters = optimizer.Parameters.ToList();
        return [.. anatomies.Select((anatomy, i) => new ExplainedWhy<T>(anatomy, Update(anatomy, before[i])))];

        EntryUpdate<T>? Update(GradientAnatomy<T> anatomy, T old)
        {
            var (tensor, index) = anatomy.Entry;
            int position = tensor is Parameter<T> parameter ? parameters.IndexOf(parameter) : -1;
            string name = anatomy.Label.Length > 0 ? anatomy.Label : reader.Symbols[tensor] + tensor.Place(index);
            return position < 0 ? null : new(name, optimizer.WithNumbers(position, index, old, Number), old, tensor.Values[index]);
        }
    }

    private static GradientAnatomy<T> Of<T>(AnatomyReader<T> reader, string word, IReadOnlyDictionary<string, IReadOnlyList<string>> labels)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            return reader.Of(word);
        }
        catch (KeyNotFoundException)
        {
            string name = TapePaths<T>.NameIn(word);
            string[] known = [.. reader.Tensors.Select(tensor => reader.Paths[tensor])];
            string[] names = [.. labels.Values.SelectMany(own => own).Distinct().Order(StringComparer.Ordinal)];
            string all = $"there are {List(known)}{(names.Length > 0 ? $"; textbook's names are {List(names)}" : "")}";
            throw new InputException($"--why: there is no '{name}'; {Suggestion.Or(name, known, all)}");
        }
        catch (ArgumentException error)
        {
            throw new InputException($"--why: {ArgumentText.Of(error)}");
        }
    }

    private static string List(string[] words) =>
        string.Join(", ", words.Take(Listed)) + (words.Length > Listed ? FormattableString.Invariant($" and {words.Length - Listed} more") : "");
}
