using System.Diagnostics.CodeAnalysis;
using System.Text;
using Google.Protobuf;

namespace Backprop.Onnx.Wire;

/// <summary>Walks through the fields of one message of a protocol buffer.</summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "Over an array there is nothing to give back.")]
internal sealed class MessageReader(byte[] bytes)
{
    private readonly CodedInputStream input = new(bytes);
    private uint tag;

    /// <summary>The number of the field that is read next.</summary>
    public int Field => WireFormat.GetTagFieldNumber(tag);

    /// <summary>Goes to the next field.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Next() => (tag = input.ReadTag()) != 0;

    public long Whole() => Of(WireFormat.WireType.Varint).ReadInt64();

    public float Number() => Of(WireFormat.WireType.Fixed32).ReadFloat();

    public byte[] Bytes() => Of(WireFormat.WireType.LengthDelimited).ReadBytes().ToByteArray();

    public string Text() => Encoding.UTF8.GetString(Bytes());

    public MessageReader Message() => new(Bytes());

    /// <summary>A number of a list, or all of them where they were packed into one field.</summary>
    public IEnumerable<long> Wholes()
    {
        if (WireFormat.GetTagWireType(tag) == WireFormat.WireType.Varint) return [Whole()];
        var packed = new CodedInputStream(Bytes());
        var numbers = new List<long>();
        while (!packed.IsAtEnd) numbers.Add(packed.ReadInt64());
        return numbers;
    }

    public void Skip() => input.SkipLastField();

    private CodedInputStream Of(WireFormat.WireType type) => WireFormat.GetTagWireType(tag) == type ? input
        : throw new FormatException($"field {Field} is a {WireFormat.GetTagWireType(tag)}, {type} is needed");
}
