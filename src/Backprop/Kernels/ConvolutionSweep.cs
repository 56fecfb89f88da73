namespace Backprop.Kernels;

/// <summary>Kernels that slide over an image, as tables: the way of a convolution forward, and of its input gradient.</summary>
/// <remarks>Row r of the result, line i, column j is the chain over k of
/// weights[r·WeightRow + Weights[k]] · image[Start + i·Pitch + j + Taps[k]].</remarks>
internal sealed class ConvolutionSweep
{
    private const int TileRows = 12;

    /// <summary>What the inner loops may read behind the last number: two vectors of 64 bytes.</summary>
    public const int Slack = 32;

    /// <summary>So many positions of a kernel gradient's panel stay in the first-level cache while all taps pass.</summary>
    public const int PanelPositions = 192;

    // The numbers in half a vector of 64 bytes.
    private const int MostHalf = 8;

    private readonly ConvolutionPositions?[] positions = new ConvolutionPositions?[MostHalf + 1];

    public required ConvolutionImage Image { get; init; }

    /// <summary>Where the kernel's entries lie in the image, from the first position.</summary>
    public required int[] Taps { get; init; }

    /// <summary>Where the kernel's entries lie in the weights, from the start of a row.</summary>
    public required int[] Weights { get; init; }

    public required int WeightRow { get; init; }

    /// <summary>The numbers from one image to the next, and from one result to the next: those of all groups.</summary>
    public required nint ImageStep { get; init; }
    public required nint TargetStep { get; init; }

    /// <summary>The rows of the result: the filters, or the channels.</summary>
    public required int Rows { get; init; }

    public int Start { get; init; }

    public required int Lines { get; init; }

    public required int Columns { get; init; }

    // Where the result goes: row r, line i, column j to r·TargetPlane + TargetStart + i·TargetLine + j·TargetColumn.
    public required int TargetPlane { get; init; }

    public int TargetStart { get; init; }

    public required int TargetLine { get; init; }

    public int TargetColumn { get; init; } = 1;

    /// <summary>The positions in half vectors of so many numbers.</summary>
    public ConvolutionPositions Positions(int half) => positions[half] ??= new(this, half);

    // The last row may be read a vector past its end.
    private const long SumsLength = (TileRows * ConvolutionPositions.TilesAtOnce + 1L) * Slack;

    // Working memory: the image as it is read, the packed weights, the sums of some tiles.
    public int WeightsAt => Aligned((long)Image.Length + Slack);
    public int SumsAt => Aligned(WeightsAt + (long)Rows * Taps.Length);
    public int Scratch => Aligned(SumsAt + SumsLength);

    /// <summary>The working memory of each worker but the first: an image and sums of its own. The weights are shared.</summary>
    public int WorkerScratch => Aligned(WorkerSumsAt + SumsLength);
    public int WorkerSumsAt => Aligned((long)Image.Length + Slack);

    /// <summary>The same of a kernel gradient: an image and a panel. The sums are shared.</summary>
    public int WorkerGatherScratch => Aligned(WorkerSumsAt + (long)Slack * PanelPositions);

    /// <summary>The working memory of a kernel gradient: the image, one panel of output gradients, the sums in panels of filters.</summary>
    public int GatherScratch => Aligned(WeightsAt + Slack * (PanelPositions + (Rows / Slack + 1L) * Taps.Length));

    // In units of 64 bytes; that of a plan that no memory could hold is refused.
    private static int Aligned(long length) => checked((int)((length + 15) / 16 * 16));

    /// <summary>Output windows slide over the input: z = x ⋆ K.</summary>
    /// <remarks>Filters and channels are those of one group.</remarks>
    public static ConvolutionSweep Forward(int filters, int channels, Windows windows, int groups)
    {
        var w = windows;
        var image = new ConvolutionImage(channels, w.Height, w.Width, w.PaddingRows, w.PaddingColumns,
            (w.Down - 1) * w.StrideRows + w.ReachRows, (w.Across - 1) * w.StrideColumns + w.ReachColumns, w.StrideRows, w.StrideColumns);
        int[] taps = new int[channels * w.Size], weights = new int[taps.Length];
        for (int channel = 0, k = 0; channel < channels; channel++)
            for (int row = 0; row < w.Rows; row++)
                for (int column = 0; column < w.Columns; column++, k++)
                    (taps[k], weights[k]) = (image.At(channel, row * w.DilationRows, column * w.DilationColumns), k);
        return new ConvolutionSweep
        {
            Image = image,
            Taps = taps,
            Weights = weights,
            WeightRow = taps.Length,
            ImageStep = (nint)groups * image.Source,
            TargetStep = (nint)groups * filters * w.Count,
            Rows = filters,
            Lines = w.Down,
            Columns = w.Across,
            TargetPlane = w.Count,
            TargetLine = w.Across,
        };
    }

    /// <summary>The turned kernel slides over the output gradient: dx. With a stride s, the inputs of one phase (of s·s) see the same part
    /// of the kernel, and each phase is a sweep of its own over the same image.</summary>
    public static ConvolutionSweep[] Backward(int filters, int channels, Windows windows, int groups)
    {
        var w = windows;
        var down = Phase.All(w.Height, w.Rows, w.StrideRows, w.PaddingRows, w.DilationRows);
        var across = Phase.All(w.Width, w.Columns, w.StrideColumns, w.PaddingColumns, w.DilationColumns);
        int top = down.Min(phase => phase.FirstRead), left = across.Min(phase => phase.FirstRead);
        var image = new ConvolutionImage(
            filters, w.Down, w.Across, -top, -left, down.Max(phase => phase.Last) - top + 1, across.Max(phase => phase.Last) - left + 1);
        return [.. from d in down from a in across where d.Count > 0 && a.Count > 0 select Of(d, a)];

        ConvolutionSweep Of(Phase d, Phase a)
        {
            int[] taps = new int[filters * d.Kernel.Length * a.Kernel.Length], weights = new int[taps.Length];
            int k = 0;
            for (int filter = 0; filter < filters; filter++)
                foreach (int row in d.Kernel)
                    foreach (int column in a.Kernel)
                    {
                        taps[k] = image.At(filter, d.FarthestBack - d.Back(row), a.FarthestBack - a.Back(column));
                        weights[k++] = filter * channels * w.Size + row * w.Columns + column;
                    }
            return new ConvolutionSweep
            {
                Image = image,
                Taps = taps,
                Weights = weights,
                WeightRow = w.Size,
                ImageStep = (nint)groups * image.Source,
                TargetStep = (nint)groups * channels * w.Plane,
                Rows = channels,
                Start = (d.FirstRead - top) * image.Pitch + a.FirstRead - left,
                Lines = d.Count,
                Columns = a.Count,
                TargetPlane = w.Plane,
                TargetStart = d.FirstInput * w.Width + a.FirstInput,
                TargetLine = w.StrideRows * w.Width,
                TargetColumn = w.StrideColumns,
            };
        }
    }

    /// <summary>Along one axis, the inputs q·stride + offset − padding for q from First to Last. Entry k of the kernel brings each of them the
    /// output q − Back(k), if k is in Kernel: ascending in the output, so descending in the kernel.</summary>
    private readonly record struct Phase(int Offset, int Stride, int Padding, int Dilation, int First, int Last, int[] Kernel)
    {
        public int Count => Last - First + 1;
        public int FarthestBack => Kernel.Length > 0 ? Back(Kernel[0]) : 0;
        public int FirstRead => First - FarthestBack;
        public int FirstInput => First * Stride + Offset - Padding;

        public int Back(int k) => (k * Dilation - Offset) / Stride;

        public static Phase[] All(int inputs, int kernel, int stride, int padding, int dilation) =>
        [
            // Where an axis has fewer inputs than phases, some phases are empty (Last below First).
            .. Enumerable.Range(0, stride).Select(offset => new Phase(offset, stride, padding, dilation,
                padding <= offset ? 0 : (padding - offset + stride - 1) / stride,
                inputs - 1 + padding < offset ? -1 : (inputs - 1 + padding - offset) / stride,
                [.. Enumerable.Range(0, kernel).Reverse().Where(k => k * dilation >= offset && (k * dilation - offset) % stride == 0)])),
        ];
    }
}
