using System.Numerics;

namespace Backprop;

/// <summary>The words of a program, for one number type: <c>using static Backprop.Nn&lt;float&gt;;</c> brings in
/// <c>Tensor</c>, <c>Record</c>, <c>Linear</c>, <c>Adam</c>, … free of type arguments.</summary>
/// <remarks>Each word stands at the end of the file of what it makes; there is no central list.</remarks>
/// <typeparam name="T">float trains, double checks; no other type is supported.</typeparam>
public static partial class Nn<T> where T : unmanaged, IFloatingPointIeee754<T>;
