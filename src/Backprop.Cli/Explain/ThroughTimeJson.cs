using System.Numerics;
using System.Text.Json;
using Backprop.Explaining;
using Backprop.Tensors;

namespace Backprop.Cli.Explain;

/// <summary>What flows back through time as the field <c>throughTime</c> of a step.</summary>
internal static class ThroughTimeJson
{
    public static void Write<T>(Utf8JsonWriter json, ExplainedTime<T> time) where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WriteStartObject("throughTime");
        if (time.Truncate is { } truncate) json.WriteNumber("truncate", truncate);
        if (time.CutInTraining is { } cut) json.WriteNumber("cutInTraining", cut);
        json.WriteStartArray("networks");
        foreach (var network in time.Networks) Write(json, network);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write<T>(Utf8JsonWriter json, NetworkThroughTime<T> network) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var flow = network.Flow;
        json.WriteStartObject();
        json.WriteString("layer", network.Layer);
        json.WriteNumber("timeSteps", network.TimeSteps);
        json.WriteBoolean("readsFromEnd", network.ReadsFromEnd);
        WriteStates(json, "states", network.States);
        if (network.Cells.Count > 0) WriteStates(json, "cells", network.Cells);
        json.WriteStartArray("weights");
        foreach (var weight in network.Weights) Write(json, weight);
        json.WriteEndArray();
        json.WriteString("verdict", flow.Kind == FlowKind.NotFinite ? "notFinite" : Words.Of(flow.Kind));
        JsonText.Write(json, "perTimeStep", flow.PerTimeStep);
        JsonText.Write(json, "overall", flow.Overall);
        json.WriteString("conclusion", flow.Conclusion);
        json.WriteEndObject();
    }

    private static void WriteStates<T>(Utf8JsonWriter json, string name, IReadOnlyList<StateGradient<T>> states) where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WriteStartArray(name);
        foreach (var state in states)
        {
            json.WriteStartObject();
            json.WriteNumber("t", state.Time);
            json.WriteString("symbol", state.Symbol);
            ExplainJson.WriteShape(json, state.Shape);
            Field(json, "total", state.Shape, state.Total);
            Field(json, "direct", state.Shape, state.Direct);
            Field(json, "fromNext", state.Shape, state.FromNext);
            JsonText.Write(json, "totalNorm", state.TotalNorm);
            JsonText.Write(json, "directNorm", state.DirectNorm);
            JsonText.Write(json, "fromNextNorm", state.FromNextNorm);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Write<T>(Utf8JsonWriter json, WeightThroughTime<T> weight) where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WriteStartObject();
        json.WriteString("parameter", weight.Path);
        json.WriteString("symbol", weight.Symbol);
        ExplainJson.WriteShape(json, weight.Shape);
        Field(json, "gradient", weight.Shape, weight.Gradient);
        json.WriteStartArray("shares");
        foreach (var share in weight.Shares)
        {
            json.WriteStartObject();
            json.WriteNumber("t", share.Time!.Value);
            WriteFields(share);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (weight.Outside is { } outside)
        {
            json.WriteStartObject("elsewhere");
            WriteFields(outside);
            json.WriteEndObject();
        }
        if (weight.Truncated is { } truncated) Compared("truncated", truncated);
        Compared("lastTimeStepOnly", weight.LastTimeStepOnly);
        json.WriteEndObject();

        void WriteFields(TimeShare<T> share)
        {
            Field(json, "values", weight.Shape, share.Values);
            JsonText.Write(json, "norm", share.Norm);
            JsonText.Write(json, "share", share.Share);
        }

        void Compared(string name, ComparedGradient<T> compared)
        {
            json.WriteStartObject(name);
            Field(json, "gradient", weight.Shape, compared.Values);
            JsonText.Write(json, "norm", compared.Norm);
            JsonText.Write(json, "cosine", compared.Cosine);
            json.WriteNumber("wrongSigns", compared.WrongSigns);
            json.WriteNumber("counted", compared.Counted);
            json.WriteEndObject();
        }
    }

    private static void Field<T>(Utf8JsonWriter json, string name, Shape shape, IReadOnlyList<T> values) where T : unmanaged, IFloatingPointIeee754<T>
    {
        json.WritePropertyName(name);
        ExplainJson.Write(json, shape, values);
    }
}
