using Backprop.Tensors;

namespace Backprop.Operations;

// The products that the gradients are sums of.
internal abstract partial class SequenceOp<T>
{
    public override IEnumerable<Term<T>> Terms(int input, int index)
    {
        if (input == BiasAt) return Reached((t, n) => new Term<T>(Factor.Of(Delta!, (t * N + n) * G + index)));
        var (row, column) = Math.DivRem(index, input is 0 ? D : input is 1 ? H : G);
        return input switch
        {
            0 => InputTerms(row, column),
            1 => StartTerms(row, column),
            2 => Reached((t, n) => new Term<T>(Factor.Of(x, (n * Steps + t) * D + row), Factor.Of(Delta!, (t * N + n) * G + column))),
            3 => Reached((t, n) => new Term<T>(Factor.Of(States, (t * N + n) * H + row), Factor.Of(RecurrentDelta!, (t * N + n) * G + column))),
            _ => MoreTerms(input, index),
        };
    }

    private IEnumerable<Term<T>> InputTerms(int row, int column)
    {
        var (n, t) = Math.DivRem(row, Steps);
        return t < First || t >= LengthOf(n) ? []
            : Enumerable.Range(0, G).Select(j => new Term<T>(Factor.Of(Delta!, (t * N + n) * G + j), Factor.Of(inputWeight, column * G + j)));
    }

    /// <summary>The terms of dh_0.</summary>
    protected virtual IEnumerable<Term<T>> StartTerms(int n, int unit) => First > 0 ? []
        : Enumerable.Range(0, G).Select(j => new Term<T>(Factor.Of(RecurrentDelta!, n * G + j), Factor.Of(recurrentWeight, unit * G + j)));

    /// <summary>The terms of an input between Wh and b.</summary>
    protected virtual IEnumerable<Term<T>> MoreTerms(int input, int index) => [];

    /// <summary>A term of every time step, from 0, of every sequence that a gradient reaches.</summary>
    protected IEnumerable<Term<T>> Reached(Func<int, int, Term<T>> term) =>
        from t in Enumerable.Range(First, Steps - First)
        from n in Enumerable.Range(0, N)
        where t < LengthOf(n)
        select term(t, n);

    /// <summary>Where an entry of the output comes from: the sequence, the time step from 1 (0 for padding, which gives 0) and the unit,
    /// and whether
    /// it is one of the last cell.</summary>
    protected (int N, int T, int Unit, bool IsCell) Origin(int index)
    {
        var (row, unit) = Math.DivRem(index, H);
        int slots = Plan.Slots, n = row / slots, slot = row % slots, length = LengthOf(n);
        bool isStep = options.All && slot < Steps;
        return (n, !isStep ? length : slot < length ? slot + 1 : 0, unit, !isStep && HasCell && options.State && slot == slots - 1);
    }

    /// <summary>A weighted sum with the numbers put in: <c>x·W</c> of one column.</summary>
    protected static string Products(ReadOnlySpan<T> left, ReadOnlySpan<T> matrix, int columns, int column, Func<T, string> number)
    {
        var (a, b) = (left.ToArray(), matrix.ToArray());
        return Sum(a.Length, i => $"{number(a[i])}·{number(b[i * columns + column])}");
    }

    /// <summary>x_t of a sequence; t from 1.</summary>
    protected ReadOnlySpan<T> InputOf(int n, int t) => x.Values.Slice((n * Steps + t - 1) * D, D);

    /// <summary>h_t of a sequence.</summary>
    protected ReadOnlySpan<T> StateOf(int n, int t) => States.Values.Slice((t * N + n) * H, H);

    private int LengthOf(int n) => options.Lengths is null ? Steps : Lengths[n];
}
