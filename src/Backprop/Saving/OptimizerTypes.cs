using System.Numerics;
using Backprop.Optimizers;
using Backprop.Tensors;

namespace Backprop.Saving;

/// <summary>Optimizers from their descriptions: the one place that knows every optimizer by its name in network files.</summary>
internal static class OptimizerTypes
{
    public static Optimizer<T> Build<T>(JsonFields fields, ParameterList<T> parameters) where T : unmanaged, IFloatingPointIeee754<T>
    {
        string type = fields.Text("type");
        try
        {
            Optimizer<T> optimizer = type switch
            {
                "sgd" => new Sgd<T>(parameters, fields.Number("learningRate"), fields.Number("momentum", 0), fields.Flag("nesterov", false)),
                "adam" or "adamw" => new Adam<T>(
                    parameters, Rate(0.001), fields.Number("beta1", 0.9), fields.Number("beta2", 0.999), fields.Number("epsilon", 1e-8)),
                "adagrad" => new Adagrad<T>(parameters, Rate(0.01), fields.Number("epsilon", 1e-10)),
                "rmsprop" => new RmsProp<T>(
                    parameters, Rate(0.01), fields.Number("alpha", 0.99), fields.Number("momentum", 0), fields.Number("epsilon", 1e-8)),
                "adadelta" => new Adadelta<T>(parameters, Rate(1), fields.Number("rho", 0.9), fields.Number("epsilon", 1e-6)),
                _ => throw fields.Wrong("type", "sgd, adam, adamw, adagrad, rmsprop or adadelta"),
            };
            optimizer.WeightDecay = fields.Number("weightDecay", type == "adamw" ? 0.01 : 0);
            optimizer.L1 = fields.Number("l1", 0);
            optimizer.L2 = fields.Number("l2", 0);
            optimizer.MaxGradient = fields.Number("maxGradient", double.PositiveInfinity);
            optimizer.MaxGradientNorm = fields.Number("maxGradientNorm", double.PositiveInfinity);
            if (fields.Has("state")) ReadState(fields.Object("state"), optimizer);
            fields.Finish();
            return optimizer;
        }
        catch (ArgumentException error)
        {
            throw fields.Error(ArgumentText.Of(error), error);
        }

        double Rate(double otherwise) => fields.Number("learningRate", otherwise);
    }

    /// <summary>The steps taken, and what is remembered of each parameter by its path; what is left out is 0.</summary>
    private static void ReadState<T>(JsonFields fields, Optimizer<T> optimizer) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var parameters = optimizer.Parameters;
        int steps = fields.Whole("steps");
        var memory = new Dictionary<string, IReadOnlyList<T[]>>();
        foreach (string name in optimizer.State.Memory.Keys)
        {
            var given = fields.Has(name) ? fields.Object(name) : null;
            memory[name] = [.. parameters.Select((parameter, i) => Numbers(given, parameters.Names[i], parameter))];
            given?.Finish();
        }
        fields.Finish();
        optimizer.State = new OptimizerState<T>(steps, [.. parameters.Select(_ => (long)steps)], memory);

        static T[] Numbers(JsonFields? given, string path, Parameter<T> parameter)
        {
            if (given is null || !given.Has(path)) return new T[parameter.Length];
            var (shape, values) = given.Nested(path);
            return shape == parameter.Shape ? [.. values.Select(T.CreateTruncating)]
                : throw given.ErrorAt(path, $"is {shape}, {parameter.Shape} is needed");
        }
    }
}
