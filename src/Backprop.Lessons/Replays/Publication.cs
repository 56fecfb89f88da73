namespace Backprop.Lessons.Replays;

/// <summary>Where figures were published.</summary>
/// <param name="Author">Who wrote it.</param>
/// <param name="Title">Its title.</param>
/// <param name="Year">The year.</param>
/// <param name="Url">Where it can be read.</param>
public sealed record Publication(string Author, string Title, int Year, string Url);
