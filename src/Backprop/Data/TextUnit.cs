namespace Backprop.Data;

/// <summary>What a text is taken apart into.</summary>
public enum TextUnit
{
    /// <summary>Unicode characters (scalar values), white space and line ends included: a text comes back exactly.</summary>
    Characters,

    /// <summary>Words, marks of punctuation and line ends; how many spaces stood between them is forgotten.</summary>
    Words,
}
