#:project ../src/Backprop/Backprop.csproj
using Backprop.Operations;
using static Backprop.Nn<float>;

var x = Tensor([4, 2], 0, 0, 0, 1, 1, 0, 1, 1);       // four points that no single straight line separates
var y = Tensor([4, 1], 0, 1, 1, 0);

var random = new Random(42);
var model = Sequential(Linear(2, 8, random), Tanh(), Linear(8, 1, random), Sigmoid());
var optimizer = Adam(model.Parameters, learningRate: 0.05);

for (int epoch = 1; epoch <= 500; epoch++)
{
    using var tape = Record(model.Parameters, x, y);   // what follows is written down
    var loss = MeanSquaredError(model.Forward(x), y);  // forward
    tape.Backward(loss);                               // backward: the tape, read from its end
    optimizer.Step();                                  // update
}
Console.WriteLine(string.Join("  ", model.Forward(x).Values.ToArray().Select(p => p.ToString("0.000"))));
