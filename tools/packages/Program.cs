// What a user writes who has the packages and nothing else of the repository; .ci/run copies it to an empty folder.
using System.Text;
using Backprop.Data;
using Backprop.Losses;
using Backprop.Numerics;
using Backprop.Onnx;
using Backprop.Pictures;
using Backprop.Saving;
using Backprop.Tabular;
using Backprop.Tensors;
using Backprop.Training;
using static Backprop.Nn<float>;

var csv = new StringBuilder("length,width,species\n");
for (int i = 0; i < 90; i++) csv.Append(FormattableString.Invariant($"{1 + i % 3 + i % 7 / 20.0},{3 - i % 3 + i % 5 / 20.0},{"abc"[i % 3]}\n"));
var table = Table.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString())), "flowers.csv");
var target = Target.Of(table.Column("species"));
var schema = TableSchema.Of(target);
var inputs = Tensor([table.Rows, schema.Width], [.. schema.Inputs(table).Select(number => (float)number)]);
var random = new Backprop.Randomness.SeededRandom(1);
var (train, test) = new DataSet<float>(inputs, schema.ClassTargets(target.Column), target.Classes).Split(1.0 / 3, random);

var model = Sequential(Linear(2, 8, random), Tanh(), Linear(8, 3, random));
var trainer = new Trainer<float>(model, (Tensor<float> y, Indices t) => SoftmaxCrossEntropy(y, t), Adam(model.Parameters, learningRate: 0.05));
foreach (var epoch in trainer.Epochs(train, 40)) _ = epoch.TrainLoss;
double accuracy = trainer.Evaluate(test).Accuracy!.Value;

var saved = new SavedModel<float>(model, [2]) { Task = "classification", Loss = "softmax_cross_entropy", ClassNames = target.Classes };
saved.Save("flowers.safetensors", overwrite: true);
OnnxModel.Of(SavedModel<float>.Load("flowers.safetensors")).Save("flowers.onnx", overwrite: true);
File.WriteAllBytes("weights.png", Png.Write(model.Parameters[0], black: -1, white: 1));
float sum = System.Numerics.Tensors.Tensor.Sum(model.Parameters[0].AsTensorSpan());
Console.WriteLine(FormattableString.Invariant(
    $"iris-like flowers: {accuracy * test.Count:0} of {test.Count} right, ONNX {new FileInfo("flowers.onnx").Length:N0} bytes, sum of a TensorSpan {sum:0.000}"));
