using System.Text.Json;
using Backprop.Data;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>Tensors as JSON: lists within lists, as many deep as there are axes, all of one axis equally long.</summary>
internal static class JsonNested
{
    /// <summary>Reads finite numbers; a number outside of any list has the shape [].</summary>
    public static (Shape Shape, double[] Values) Numbers(JsonElement element, string path, string file) => Read(
        element, path, file, "a finite number",
        item => item.ValueKind == JsonValueKind.Number && item.GetDouble() is var number && double.IsFinite(number) ? (true, number) : (false, 0));

    /// <summary>Reads texts.</summary>
    public static (Shape Shape, string[] Values) Texts(JsonElement element, string path, string file) =>
        Read(element, path, file, "a text", item => item.ValueKind == JsonValueKind.String ? (true, item.GetString()!) : (false, ""));

    private static (Shape, TItem[]) Read<TItem>(
        JsonElement element, string path, string file, string needed, Func<JsonElement, (bool Fits, TItem Item)> read)
    {
        // The first of each list says how deep and how long the others have to be.
        var sizes = new List<int>();
        for (var first = element; first.ValueKind == JsonValueKind.Array; first = first[0])
        {
            sizes.Add(first.GetArrayLength());
            if (sizes[^1] == 0) throw new DataException(file, $"{path} has an empty list, {needed} in each is needed");
        }
        var items = new List<TItem>();
        Collect(element, path, 0);
        return ([.. sizes], [.. items]);

        void Collect(JsonElement at, string place, int depth)
        {
            if (depth == sizes.Count)
            {
                var (fits, item) = read(at);
                items.Add(fits ? item : throw new DataException(file, $"{place} is {JsonFields.Shown(at)}, {needed} is needed"));
                return;
            }
            if (at.ValueKind != JsonValueKind.Array || at.GetArrayLength() != sizes[depth])
                throw new DataException(
                    file, $"{place} is {JsonFields.Shown(at)}, a list of {sizes[depth]} is needed: its neighbours before it have as many");
            int index = 0;
            foreach (var inner in at.EnumerateArray()) Collect(inner, $"{place}[{index++}]", depth + 1);
        }
    }
}
