using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backprop.Kernels;

/// <summary>Numbers of several samples, each with <paramref name="channels"/> planes of <paramref name="plane"/> neighbours in memory, seen
/// channel by channel.</summary>
/// <remarks>A sum over a channel has a fixed order, so that its bits depend on the numbers alone. It runs in 256 bytes of lanes (64 floats, 32
/// doubles): element i of a plane belongs to lane i mod 64 (32), each lane adds in ascending i from 0; the lanes of the planes are added in the
/// order of the samples, and the lanes of the channel as a tree of halves.</remarks>
internal readonly unsafe struct Channels(int samples, int channels, int plane)
{
    private const int LaneBytes = 256, MostTogether = 16;

    /// <summary>How many samples there are.</summary>
    public int Samples => samples;

    /// <summary>How many channels there are.</summary>
    public int Number => channels;

    /// <summary>How many neighbours a channel has in a sample.</summary>
    public int Plane => plane;

    /// <summary>How many numbers a channel has.</summary>
    public long Count => (long)samples * plane;

    /// <summary>Where the plane of a sample and a channel begins.</summary>
    public nint At(int sample, int channel) => ((nint)sample * channels + channel) * plane;

    /// <summary>How many neighbouring channels are treated together: what stays in the cache of a core until it is read again, and less where that
    /// would leave threads without work. No bit depends on it.</summary>
    public int Together<T>(int threads) where T : unmanaged
    {
        const long CacheBytes = 1 << 18;
        long fitting = Math.Clamp(CacheBytes / Math.Max(Count * sizeof(T), 1), 1, MostTogether);
        return threads == 1 ? (int)fitting : (int)Math.Min(fitting, Work.PartLength(channels, threads));
    }

    /// <summary>sums[c] = the sum of a term over each channel c from first on, up to so many as may be treated together. The term reads a, b, and its
    /// channel's number in c.</summary>
    public void Sum<TTerm, T>(TTerm term, T* a, T* b, T* c, T* sums, int first, int end)
        where TTerm : struct, ITerm
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int lanes = LaneBytes / sizeof(T);
        T* totals = stackalloc T[(end - first) * lanes], ofPlane = stackalloc T[lanes];
        new Span<T>(totals, (end - first) * lanes).Clear();
        for (int n = 0; n < samples; n++)
            for (int channel = first; channel < end; channel++)
            {
                nint at = At(n, channel);
                T* total = totals + (channel - first) * lanes;
                if (Lanes.Has512) Add<TTerm, Lanes512<T>, T>(term, a + at, b + at, c + channel, plane, ofPlane, total);
                else if (Lanes.Has256) Add<TTerm, Lanes256<T>, T>(term, a + at, b + at, c + channel, plane, ofPlane, total);
                else Add<TTerm, Lanes128<T>, T>(term, a + at, b + at, c + channel, plane, ofPlane, total);
            }
        for (int channel = first; channel < end; channel++)
        {
            T* total = totals + (channel - first) * lanes;
            for (int half = lanes / 2; half > 0; half /= 2)
                for (int l = 0; l < half; l++) total[l] += total[l + half];
            sums[channel] = *total;
        }
    }

    /// <summary>Sums a plane in its own lanes, then adds them to the channel's. Four registers of lanes at a time, of 512 bits all at once: that hides
    /// how long an addition takes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Add<TTerm, V, T>(TTerm term, T* a, T* b, T* c, int n, T* ofPlane, T* total)
        where TTerm : struct, ITerm
        where V : struct, ILanes<V, T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        int count = V.Count, lanes = LaneBytes / sizeof(T);
        for (int first = 0; first < lanes; first += 4 * count)
        {
            V sum0 = V.All(0), sum1 = sum0, sum2 = sum0, sum3 = sum0;
            int i = first;
            for (; i + 4 * count <= n; i += lanes)
            {
                sum0 = term.AddTo<V, T>(sum0, ref *a, ref *b, ref *c, ref *c, (nuint)i);
                sum1 = term.AddTo<V, T>(sum1, ref *a, ref *b, ref *c, ref *c, (nuint)(i + count));
                sum2 = term.AddTo<V, T>(sum2, ref *a, ref *b, ref *c, ref *c, (nuint)(i + 2 * count));
                sum3 = term.AddTo<V, T>(sum3, ref *a, ref *b, ref *c, ref *c, (nuint)(i + 3 * count));
            }
            if (i + count <= n) sum0 = term.AddTo<V, T>(sum0, ref *a, ref *b, ref *c, ref *c, (nuint)i);
            if (i + 2 * count <= n) sum1 = term.AddTo<V, T>(sum1, ref *a, ref *b, ref *c, ref *c, (nuint)(i + count));
            if (i + 3 * count <= n) sum2 = term.AddTo<V, T>(sum2, ref *a, ref *b, ref *c, ref *c, (nuint)(i + 2 * count));
            sum0.Store(ref *ofPlane, (nuint)first);
            sum1.Store(ref *ofPlane, (nuint)(first + count));
            sum2.Store(ref *ofPlane, (nuint)(first + 2 * count));
            sum3.Store(ref *ofPlane, (nuint)(first + 3 * count));
        }
        for (int i = n / count * count; i < n; i++)
            term.AddTo<Lanes1<T>, T>(Lanes1<T>.Load(ref ofPlane[i % lanes], 0), ref *a, ref *b, ref *c, ref *c, (nuint)i).Store(ref ofPlane[i % lanes], 0);
        for (int l = 0; l < lanes; l += count) (V.Load(ref *total, (nuint)l) + V.Load(ref *ofPlane, (nuint)l)).Store(ref *total, (nuint)l);
    }
}
