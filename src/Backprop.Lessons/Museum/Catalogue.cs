using Backprop.Lessons.Museum.Rooms;

namespace Backprop.Lessons.Museum;

/// <summary>All exhibits of the museum.</summary>
public static class Catalogue
{
    /// <summary>The exhibits, room by room.</summary>
    public static IReadOnlyList<Exhibit> Exhibits { get; } = [.. AnnRoom.Exhibits, .. CnnRoom.Exhibits, .. RnnRoom.Exhibits, .. TrainingRoom.Exhibits];

    /// <summary>The exhibit of a name; null where there is none.</summary>
    public static Exhibit? Find(string name) => Exhibits.FirstOrDefault(exhibit => exhibit.Name == name);
}
