#:project ../src/Backprop/Backprop.csproj
#:project Options/Options.csproj
// A network that reads plays character by character, says which comes next, and writes some of its own.
using System.Diagnostics;
using Backprop.Examples;
using Backprop.Operations;
using Backprop.Randomness;
using Backprop.Tensors;
using static Backprop.Nn<float>;

var options = new Options(args);
string data = options.Data("tinyshakespeare.txt", "FILE (a text)");
int steps = options.Whole("steps", usually: 3000, quick: 60), seed = options.Seed(), threads = options.Threads();
options.Check(File.Exists(data) && new FileInfo(data).Length >= 50_000,
    $"There is no long text in '{data}': give --data FILE with one; " +
    "the plays are data/tinyshakespeare in https://github.com/karpathy/char-rnn");

string text = File.ReadAllText(data);
char[] alphabet = [.. text.Distinct().Order()];
int[] all = [.. text.Select(c => Array.BinarySearch(alphabet, c))], train = all[..(all.Length * 9 / 10)], unseen = all[train.Length..];
const int Streams = 32, Window = 64, Units = 128;
var random = new SeededRandom(seed);
var embedding = Embedding(alphabet.Length, 64, random);
var lstm = Lstm(64, Units, random, returnSequences: true);
var output = Linear(Units, alphabet.Length, random);
var parameters = ParameterList.Create<float>([.. embedding.Parameters, .. lstm.Parameters, .. output.Parameters]);
var optimizer = Adam(parameters, learningRate: 0.005);
(optimizer.MaxGradientNorm, optimizer.Threads) = (5, threads);
var schedule = CosineSchedule(steps, least: 0.02);

// 32 places in the text are read at once, 64 characters at a time. The state goes on from window to window, the gradient does not;
// every 20 windows they begin elsewhere with an empty state, or the network would never learn to begin.
var watch = Stopwatch.StartNew();
int[] places = [.. Enumerable.Range(0, Streams).Select(_ => random.Next(train.Length))];
var (x, y) = Next(train);
var start = lstm.Start(Streams);
using var tape = Record(parameters, x, y, start.Hidden, start.Cell);
tape.Threads = threads;
var (h, end) = lstm.Forward(embedding.Forward(x), start);
var loss = SoftmaxCrossEntropy(output.Forward(h), y);
double mean = loss.Value;
Console.WriteLine($"{alphabet.Length} characters, {parameters.Elements:n0} weights; " +
    $"loss {mean:0.000}, near ln {alphabet.Length} = {Math.Log(alphabet.Length):0.000}: nothing known yet");
for (int step = 1; step <= steps; step++)
{
    tape.Backward(loss);
    schedule.Apply(optimizer, optimizer.Steps);
    optimizer.Step();
    mean += (loss.Value - mean) / Math.Min(step, 100);
    if (step % 500 == 0) Console.WriteLine($"step {step,5}   loss {mean:0.000}   {watch.Elapsed.TotalSeconds,5:0.0} s");
    if (step % 20 == 0) places = [.. places.Select(_ => random.Next(train.Length))];
    (x, y) = Next(train);
    var state = step % 20 == 0 ? lstm.Start(Streams) : end.Copy();
    tape.Replay(x, y, state.Hidden, state.Cell);
}

Console.WriteLine($"""

    unseen text                published                    ours
    nats per character         1.88 (a GPT, 3 minutes)      {Unseen():0.00} ({watch.Elapsed.TotalSeconds:0} s)
    published: README of karpathy/nanoGPT, its small GPT on a processor; for an LSTM of this size we know of no published figure

    {Write(text[..6], 500)}
    """);

// The next window of every stream, and the characters that follow; a stream that reaches the end goes on at the beginning.
(Indices X, Indices Y) Next(int[] characters)
{
    int[] read = new int[Streams * Window], next = new int[Streams * Window];
    for (int n = 0; n < Streams; n++)
        for (int t = 0; t < Window; t++)
        {
            read[n * Window + t] = characters[places[n]];
            places[n] = (places[n] + 1) % characters.Length;
            next[n * Window + t] = characters[places[n]];
        }
    return (Indices([Streams, Window], read), Indices([Streams, Window], next));
}

// The loss on the last tenth of the text, read in 32 streams from beginning to end.
double Unseen()
{
    places = [.. Enumerable.Range(0, Streams).Select(n => n * (unseen.Length / Streams))];
    var (state, sum, windows) = (lstm.Start(Streams), 0.0, unseen.Length / Streams / Window);
    for (int i = 0; i < windows; i++)
    {
        var (read, next) = Next(unseen);
        (var states, state) = lstm.Forward(embedding.Forward(read), state);
        sum += SoftmaxCrossEntropy(output.Forward(states), next).Value;
    }
    return sum / windows;
}

// Each character is drawn from what the network expects after those before it.
string Write(string prompt, int length)
{
    var (state, written) = (lstm.Start(1), prompt);
    for (int i = 0; i < prompt.Length + length - 1; i++)
    {
        (var states, state) = lstm.Forward(embedding.Forward(Indices([1, 1], Array.BinarySearch(alphabet, written[i]))), state);
        if (i < prompt.Length - 1) continue;
        var chances = output.Forward(states).Softmax().Values;
        double draw = random.NextDouble();
        int next = 0;
        while (next < chances.Length - 1 && (draw -= chances[next]) > 0) next++;
        written += alphabet[next];
    }
    return written;
}
