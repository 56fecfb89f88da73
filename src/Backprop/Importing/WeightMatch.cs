using Backprop.Tensors;

namespace Backprop.Importing;

/// <summary>A row of what an import takes.</summary>
/// <param name="Theirs">The name in the file; empty where the file has nothing and the value is the usual one.</param>
/// <param name="TheirShape">Its shape there; null where there is nothing.</param>
/// <param name="Ours">The path of the parameter that it fills; empty where it is left out.</param>
/// <param name="OurShape">The shape of that parameter; null where it is left out.</param>
/// <param name="How">What is done to it: <c>as it is</c>, <c>turned</c>, …</param>
public sealed record WeightMatch(string Theirs, Shape? TheirShape, string Ours, Shape? OurShape, string How);
