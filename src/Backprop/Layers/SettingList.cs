namespace Backprop.Layers;

/// <summary>The settings of a layer, without those that have their usual value.</summary>
internal static class SettingList
{
    /// <summary>The settings that are always said.</summary>
    public static IReadOnlyList<(string Key, object Value)> Of(params IReadOnlyList<(string Key, object Value)> settings) => settings;

    extension(IReadOnlyList<(string Key, object Value)> settings)
    {
        /// <summary>The settings and one more, unless it has its usual value.</summary>
        public IReadOnlyList<(string Key, object Value)> Unless(object usual, string key, object value) =>
            value.Equals(usual) ? settings : [.. settings, (key, value)];
    }
}
