using System.Numerics;

namespace Backprop.Kernels;

/// <summary>Where the states of a recurrent network go, or where their gradients come from: [N, slots, H].</summary>
/// <param name="time">The time steps.</param>
/// <param name="start">The first number.</param>
/// <param name="slots">The states of one sequence.</param>
/// <param name="units">H.</param>
/// <param name="all">Whether the first slots are those of the time steps.</param>
/// <param name="last">The slot of the last state; −1 for none. Where there is one more, it is for the last cell.</param>
internal readonly unsafe struct StatePlaces<T>(Timeline time, T* start, int slots, int units, bool all, int last)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Gives out the state of a time step.</summary>
    public void Give(int t, int row, int rows, T* state)
    {
        // Of sequences of one length there is nothing to give out before the end.
        if (!all && time.IsEven && t < time.Steps) return;
        for (int n = row; n < row + rows; n++, state += units)
        {
            if (all) Span(state).CopyTo(Span(At(n, t - 1)));
            if (last >= 0 && t == time.Last(n)) Span(state).CopyTo(Span(At(n, last)));
        }
    }

    /// <summary>Gives out the cell of a time step, where it is the last.</summary>
    public void GiveCell(int t, int row, int rows, T* cell)
    {
        if (!HasCell) return;
        for (int n = row; n < row + rows; n++, cell += units)
            if (t == time.Last(n)) Span(cell).CopyTo(Span(At(n, last + 1)));
    }

    /// <summary>Gives out 0 for a time step that is padding.</summary>
    public void GiveNothing(int t, int n)
    {
        if (all) Span(At(n, t - 1)).Clear();
    }

    /// <summary>Begins the gradients of the states of a time step with what comes from here. Where they flow on from the next time step,
    /// what
    /// stands there is kept or overwritten; where they do not, it is overwritten.</summary>
    public void Take(int t, int row, int rows, T* gradient, bool keep)
    {
        for (int n = row; n < row + rows; n++, gradient += units)
        {
            bool adds = keep && time.Flows(n, t);
            if (all && t > 0 && time.Has(n, t)) Add(At(n, t - 1), gradient, ref adds);
            if (last >= 0 && t == time.Last(n)) Add(At(n, last), gradient, ref adds);
            if (!adds) Span(gradient).Clear();
        }
    }

    /// <summary>As <see cref="Take"/>, of the cells.</summary>
    public void TakeCell(int t, int row, int rows, T* gradient)
    {
        for (int n = row; n < row + rows; n++, gradient += units)
        {
            bool adds = time.Flows(n, t);
            if (HasCell && t == time.Last(n)) Add(At(n, last + 1), gradient, ref adds);
            if (!adds) Span(gradient).Clear();
        }
    }

    private bool HasCell => last >= 0 && last + 1 < slots;

    private void Add(T* from, T* to, ref bool adds)
    {
        Elementwise.Copy(Span(from), Span(to), adds);
        adds = true;
    }

    private Span<T> Span(T* at) => new(at, units);

    private T* At(int n, int slot) => start + ((nint)n * slots + slot) * units;
}
