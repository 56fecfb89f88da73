using Google.Protobuf;

namespace Backprop.Onnx.Wire;

/// <summary>One message of a protocol buffer as it grows: fields by their numbers.</summary>
internal sealed class MessageWriter : IDisposable
{
    private readonly MemoryStream bytes = new();
    private readonly CodedOutputStream output;

    public MessageWriter() => output = new CodedOutputStream(bytes, leaveOpen: true);

    public void Whole(int field, long value)
    {
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
    }

    public void Number(int field, float value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed32);
        output.WriteFloat(value);
    }

    public void Text(int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
    }

    public void Bytes(int field, ReadOnlyMemory<byte> value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(value));
    }

    /// <summary>A message within this one.</summary>
    public void Message(int field, Action<MessageWriter> write)
    {
        using var inner = new MessageWriter();
        write(inner);
        Bytes(field, inner.Written());
    }

    /// <summary>What was written so far; good until more is written.</summary>
    public ReadOnlyMemory<byte> Written()
    {
        output.Flush();
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    public void Dispose()
    {
        output.Dispose();
        bytes.Dispose();
    }
}
