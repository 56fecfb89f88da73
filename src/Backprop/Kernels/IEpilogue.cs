namespace Backprop.Kernels;

/// <summary>What follows a result element by element: it is done to each part as soon as that is finished, while it is in the nearest cache.</summary>
internal interface IEpilogue
{
    /// <summary>Takes part of a result as finished. Called for every part once, from any thread.</summary>
    /// <param name="start">Where the part begins: in a matrix, somewhere in a row, or at its beginning if the part has several.</param>
    /// <param name="length">The number of elements; those of several rows are whole rows.</param>
    /// <param name="threads">The threads that may share the part.</param>
    void Finish(int start, int length, Work threads);
}
