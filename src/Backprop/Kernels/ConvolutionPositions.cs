namespace Backprop.Kernels;

/// <summary>The positions of a sweep in tiles of four half vectors, each of which reads its neighbouring numbers anywhere in the
/// image.</summary>
/// <remarks>So a vector may hold the end of one line and the beginning of the next. Either every line has half vectors of its own,
/// or they run on over the places between two lines, whose sums go nowhere: whichever has fewer.</remarks>
internal sealed class ConvolutionPositions
{
    /// <summary>The half vectors of a tile, and the tiles whose sums are computed before they move to the result.</summary>
    public const int Halves = 4, TilesAtOnce = 8;

    /// <summary>Some neighbouring sums of a row of tiles, and where the first of them goes in a plane of the result. Whole: vectors may be
    /// written past the end, since what is there comes later.</summary>
    public readonly record struct Run(int From, int To, int Count, bool Whole);

    /// <summary>Tables for half vectors of so many numbers.</summary>
    public ConvolutionPositions(ConvolutionSweep sweep, int half)
    {
        int pitch = sweep.Image.Pitch, perLine = (sweep.Columns + half - 1) / half;
        int running = sweep.Lines * sweep.Columns == 0 ? 0 : ((sweep.Lines - 1) * pitch + sweep.Columns + half - 1) / half;
        bool ofLines = sweep.Lines * perLine <= running;
        Count = ofLines ? sweep.Lines * perLine : running;
        Tiles = (Count + Halves - 1) / Halves;
        Places = new int[Tiles * Halves];
        Targets = new int[Tiles];
        FirstRun = new int[(Tiles + TilesAtOnce - 1) / TilesAtOnce + 1];
        var runs = new List<Run>();
        for (int at = 0; at < Places.Length; at++)
        {
            int group = at / (Halves * TilesAtOnce);
            if (at % (Halves * TilesAtOnce) == 0) FirstRun[group] = runs.Count;
            // What is behind the last one repeats it, and goes nowhere.
            int here = Math.Min(at, Count - 1);
            Places[at] = ofLines ? here / perLine * pitch + here % perLine * half : here * half;
            // A half vector of a short line reaches into the next line, which has its own.
            int own = at >= Count ? 0 : ofLines ? Math.Min(half, sweep.Columns - here % perLine * half) : half;
            for (int i = 0; i < own; i++)
                Add(runs, sweep, FirstRun[group], at % (Halves * TilesAtOnce) * half + i, Places[at] + i);
            if (at % Halves == 0) Targets[at / Halves] = Places[at] / pitch * sweep.TargetLine + Places[at] % pitch * sweep.TargetColumn;
        }
        FirstRun[^1] = runs.Count;
        // Rows of numbers without gaps are written in ascending order, so only what is behind the end of a plane must stay.
        bool dense = sweep.TargetColumn == 1 && sweep.TargetLine == sweep.Columns;
        int vector = 2 * half, end = sweep.TargetPlane - sweep.TargetStart;
        Runs = [.. runs.Select(run => run with { Whole = dense && run.To + (run.Count + vector - 1) / vector * vector <= end })];
    }

    /// <summary>The half vectors that are needed.</summary>
    public int Count { get; }

    public int Tiles { get; }

    /// <summary>Where each half vector begins to read the image, from its start; those of tile t from t·Halves on.</summary>
    public int[] Places { get; }

    /// <summary>Where in a plane of the result each tile begins.</summary>
    public int[] Targets { get; }

    /// <summary>What of the sums goes where; those of the tiles from g·TilesAtOnce on from FirstRun[g] to FirstRun[g + 1].</summary>
    public Run[] Runs { get; }

    public int[] FirstRun { get; }

    private static void Add(List<Run> runs, ConvolutionSweep sweep, int first, int from, int place)
    {
        var (line, column) = Math.DivRem(place, sweep.Image.Pitch);
        if (line >= sweep.Lines || column >= sweep.Columns) return;
        int to = line * sweep.TargetLine + column * sweep.TargetColumn;
        if (runs.Count > first && runs[^1] is var last && from == last.From + last.Count && to == last.To + last.Count * sweep.TargetColumn)
            runs[^1] = last with { Count = last.Count + 1 };
        else runs.Add(new(from, to, 1, Whole: false));
    }
}
