using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Backprop.Data;
using Backprop.Layers;
using Backprop.Saving;
using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Saving;

public sealed partial class SavedModelTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static Sequential<double> Small() => Sequential(
        Linear(Tensor([2, 3], 1, 2, 3, 4, 5, 6), Tensor([3], 0.1, 0.2, 0.3), "hidden"), Tanh(), Linear(Tensor([3, 1], 1, -1, 0.5)));

    private string Save(string name = "model") => Save(new SavedModel<double>(Small(), [2]), name);

    private string Save(SavedModel<double> model, string name = "model")
    {
        model.Save(folder[name]);
        return folder[name];
    }

    [Fact]
    public void All_that_belongs_to_a_model_comes_back()
    {
        string file = Save(new SavedModel<double>(Small(), [2])
        {
            Task = "classification",
            Loss = "softmax_cross_entropy",
            ClassNames = ["setosa", "é \"quoted\""],
            InputTransforms = [new Standardizer([0.1, -2], [1.0 / 3, 0]), new MinMaxScaler([-1.5, 0.1], [1.0 / 3, 0.1])],
            TargetTransforms = [new Standardizer([5], [1e-300])],
            Notes = new Dictionary<string, string> { ["columns"] = """["a","b"]""" },
        });
        var back = SavedModel<double>.Load(file);
        Assert.Equal(("classification", "softmax_cross_entropy"), (back.Task, back.Loss));
        Assert.Equal(["setosa", "é \"quoted\""], back.ClassNames);
        Assert.Equal(2, back.InputTransforms.Count);
        var inputs = Assert.IsType<Standardizer>(back.InputTransforms[0]);
        Assert.Equal([0.1, -2], inputs.Means);
        Assert.Equal([1.0 / 3, 0], inputs.Deviations);
        var ranges = Assert.IsType<MinMaxScaler>(back.InputTransforms[1]);
        Assert.Equal([-1.5, 0.1], ranges.Least);
        Assert.Equal([1.0 / 3, 0.1], ranges.Most);
        Assert.Equal([1e-300], Assert.IsType<Standardizer>(Assert.Single(back.TargetTransforms)).Deviations);
        Assert.Equal(["columns"], back.Notes.Keys);
        Assert.Equal("""["a","b"]""", back.Notes["columns"]);
    }

    [Fact]
    public void What_was_not_said_comes_back_empty()
    {
        var back = SavedModel<double>.Load(Save());
        Assert.Equal(("", ""), (back.Task, back.Loss));
        Assert.Empty(back.ClassNames);
        Assert.Empty(back.InputTransforms);
        Assert.Empty(back.TargetTransforms);
        Assert.Empty(back.Notes);
    }

    [Fact]
    public void The_description_has_the_words_of_network_files() =>
        Assert.Equal(
            """{"input":[2],"layers":[{"type":"linear","name":"hidden","units":3},{"type":"tanh"},{"type":"linear","units":1,"bias":false}]}""",
            Safetensors.Load(Save()).Metadata["network"]);

    [Fact]
    public void Parameters_lie_under_their_paths() =>
        Assert.Equal(["hidden.weight", "hidden.bias", "linear2.weight"], Safetensors.Load(Save()).Names);

    [Fact]
    public void A_double_model_is_loaded_in_float_and_a_float_model_in_double()
    {
        string file = Save();
        var single = SavedModel<float>.Load(file);
        Assert.Equal(0.1f, single.Model.Parameters["hidden.bias"].Values[0]);
        single.Save(folder["single"]);
        Assert.Equal("F32", Safetensors.Load(folder["single"])["hidden.bias"].Type);
        Assert.Equal((double)0.1f, SavedModel<double>.Load(folder["single"]).Model.Parameters["hidden.bias"].Values[0]);
    }

    [Fact]
    public void Equal_models_give_equal_files_and_the_checksum_says_so()
    {
        var model = new SavedModel<double>(Small(), [2]);
        string first = model.Save(folder["first"]), second = new SavedModel<double>(Small(), [2]).Save(folder["second"]);
        Assert.Equal(first, second);
        Assert.Equal(File.ReadAllBytes(folder["first"]), File.ReadAllBytes(folder["second"]));
        Assert.Equal(first, SavedModel<double>.Load(folder["first"]).Checksum);
        model.Model.Parameters[0].Set(0, 1.5);
        Assert.NotEqual(first, model.Save(folder["third"]));
    }

    [Fact]
    public void The_checksum_is_the_sha256_of_the_file_with_zeros_in_its_place()
    {
        string file = Save();
        string text = Encoding.Latin1.GetString(File.ReadAllBytes(file));
        var digest = Digest().Match(text);
        string blank = text.Replace(digest.Groups[1].Value, new string('0', 64), StringComparison.Ordinal);
        Assert.Equal(digest.Groups[1].Value, Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(blank))));
    }

    [GeneratedRegex("\"sha256\":\"([0-9a-f]{64})\"")]
    private static partial Regex Digest();

    [Fact]
    public void Shared_parameters_are_saved_once_and_come_back_shared()
    {
        var weight = Parameter([2, 2], 1, 2, 3, 4);
        var tied = Sequential(Linear(weight), Tanh(), Linear(weight), Linear(weight, Tensor([2], 5, 6), "third"));
        string file = Save(new SavedModel<double>(tied, [2]));
        Assert.Equal(["linear1.weight", "third.bias"], Safetensors.Load(file).Names);
        var back = (Sequential<double>)SavedModel<double>.Load(file).Model;
        Assert.Equal(["linear1.weight", "third.bias"], back.Parameters.Names);
        Assert.Same(((Linear<double>)back.Layers[0]).Weight, ((Linear<double>)back.Layers[2]).Weight);
        Assert.Same(((Linear<double>)back.Layers[0]).Weight, ((Linear<double>)back.Layers[3]).Weight);
        var input = Tensor([1, 2], 0.3, -0.2);
        Assert.Equal(tied.Forward(input).Values.ToArray(), back.Forward(input).Values.ToArray());
    }

    [Fact]
    public void Frozen_parameters_come_back_frozen()
    {
        var model = Small();
        model.Parameters["hidden.bias"].Trainable = false;
        var back = SavedModel<double>.Load(Save(new SavedModel<double>(model, [2]))).Model.Parameters;
        Assert.Equal([true, false, true], back.Select(parameter => parameter.Trainable));
    }

    [Fact]
    public void An_existing_file_is_replaced_only_on_request()
    {
        string file = Save();
        byte[] before = File.ReadAllBytes(file);
        var other = new SavedModel<double>(Small(), [2]) { Task = "regression" };
        Assert.Throws<IOException>(() => other.Save(file));
        Assert.Equal(before, File.ReadAllBytes(file));
        other.Save(file, overwrite: true);
        Assert.Equal("regression", SavedModel<double>.Load(file).Task);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_refused_in_one_line()
    {
        byte[] whole = File.ReadAllBytes(Save());
        for (int length = 0; length < whole.Length; length++) Refused(folder.Write("cut", whole[..length]));
    }

    [Fact]
    public void Any_changed_bit_is_found()
    {
        byte[] whole = File.ReadAllBytes(Save());
        for (int at = 0; at < whole.Length; at++)
        {
            byte[] changed = [.. whole];
            changed[at] ^= 1;
            Refused(folder.Write("changed", changed));
        }
        whole[^1] ^= 1;
        Assert.EndsWith(
            "its checksum does not agree with its content: it is damaged, or was changed by another program",
            Refused(folder.Write("changed", whole)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_newer_version_is_refused_by_naming_both()
    {
        string file = Changed("backprop-model/1", "backprop-model/2");
        Assert.Equal($"{file}: its format is backprop-model/2, this version of Backprop reads up to backprop-model/1; a newer Backprop is needed", Refused(file));
    }

    [Theory]
    [InlineData("backprop-checkpoint/1")]
    [InlineData("backprop-model/x")]
    [InlineData("pt")]
    public void Another_format_is_refused(string format)
    {
        string file = Changed("backprop-model/1", format);
        Assert.Equal($"{file}: its format is '{format}', backprop-model/1 is needed", Refused(file));
    }

    [Fact]
    public void Tensors_of_another_program_are_refused()
    {
        var foreign = new Safetensors();
        foreign.Add("weight", Zeros([2]));
        foreign.Save(folder["foreign"]);
        Assert.Equal(
            $"{folder["foreign"]}: it is a safetensors file, but no model of Backprop: its metadata has no format, backprop-model/1 is needed",
            Refused(folder["foreign"]));
    }

    [Fact]
    public void Other_files_are_refused()
    {
        Refused(folder.Write("table", Encoding.UTF8.GetBytes("a,b\n1,2\n3,4\n5,6\n")));
        Refused(folder.Write("empty"));
        Refused(folder.Write("zeros", new byte[100]));
    }

    [Theory]
    [InlineData("\"type\":\"tanh\"", "\"type\":\"tahn\"", "network.layers[1].type is \"tahn\"; did you mean tanh? (there are embedding, ")]
    [InlineData("\"units\":3", "\"units\":4", "the parameter 'hidden.weight' is [2, 3], its network needs [2, 4]")]
    [InlineData("\"units\":3", "\"units\":-3", "network.layers[0].units is -3, a whole number from 1 on is needed")]
    [InlineData("\"units\":3", "\"units\":3.5", "network.layers[0].units is 3.5, a whole number is needed")]
    [InlineData("\"units\":3", "\"units\":3,\"slope\":1", "network.layers[0].slope is unknown; there can be bias, name, type, units")]
    [InlineData("\"units\":3", "\"name\":\"x\"", "network.layers[0].units is missing")]
    [InlineData("\"bias\":false", "\"bias\":0", "network.layers[2].bias is 0, true or false is needed")]
    [InlineData("\"input\":[2]", "\"input\":[\"2\"]", "network.input is [\"2\"], a list of whole numbers is needed")]
    [InlineData("\"name\":\"hidden\"", "\"name\":\"first\"", "the parameter 'first.weight' is missing; there are hidden.weight, hidden.bias, linear2.weight")]
    [InlineData("{\"type\":\"tanh\"}", "7", "network.layers[1] is 7, an object {…} is needed")]
    [InlineData("\"layers\":[", "\"layers\":[[", "network is no JSON")]
    public void A_description_that_does_not_fit_is_refused_with_its_place(string from, string to, string said)
    {
        var content = Safetensors.Load(Save());
        content.Metadata["network"] = content.Metadata["network"].Replace(from, to, StringComparison.Ordinal);
        content.Save(folder["changed"]);
        Assert.StartsWith($"{folder["changed"]}: {said}", Refused(folder["changed"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"input":[8000],"layers":[{"type":"linear","units":5000}]}""")]
    [InlineData("""{"input":[1],"layers":[{"type":"linear","units":5000},{"type":"linear","units":5000}]}""")]
    [InlineData("""{"input":[100000,1],"layers":[{"type":"rnn","units":1,"returnSequences":true}]}""")]
    public void A_small_file_that_describes_a_large_network_takes_no_memory_for_it(string network)
    {
        var content = new Safetensors();
        content.Metadata["format"] = "backprop-model/1";
        content.Metadata["network"] = network;
        content.Metadata["sha256"] = "";
        content.Save(folder["small"]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Refused(folder["small"]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000_000);
        Assert.EndsWith("is missing; the file holds no parameter", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transforms", """{"inputs":[{"type":"logarithm"}],"targets":[]}""", "transforms.inputs[0]: the transform 'logarithm' is unknown here; was the file written by a newer version?")]
    [InlineData("transforms", """{"inputs":[{"type":"standardizer","means":[1],"deviations":[]}],"targets":[]}""", "transforms.inputs[0]: Standardizer: 1 means and 0 deviations came")]
    [InlineData("classes", "[1]", "classes.list is [1], a list of texts is needed")]
    [InlineData("frozen", """["x"]""", "frozen names 'x', which is no parameter")]
    [InlineData("tied", """{"linear2.weight":"hidden.weight"}""", "'linear2.weight' cannot be the same parameter as 'hidden.weight' in its network")]
    public void A_text_that_does_not_fit_is_refused(string key, string text, string said)
    {
        var content = Safetensors.Load(Save());
        content.Metadata[key] = text;
        content.Save(folder["changed"]);
        Assert.StartsWith($"{folder["changed"]}: {said}", Refused(folder["changed"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_without_a_place_is_refused()
    {
        var content = Safetensors.Load(Save());
        content.Add("extra", Zeros([1]));
        content.Save(folder["changed"]);
        Assert.Equal($"{folder["changed"]}: it holds 'extra', for which its network has no place", Refused(folder["changed"]));
    }

    [Fact]
    public void A_layer_that_could_not_be_loaded_is_not_saved()
    {
        var model = Sequential(Linear(2, 1, new Random(1)), new Own());
        var error = Assert.Throws<NotSupportedException>(() => new SavedModel<double>(model, [2]).Save(folder["own"]));
        Assert.StartsWith(
            "SavedModel: the model could not be loaded again, so it is not saved; the model: network.layers[1].type is \"own\", which is unknown here; " +
            "was the file written by a newer version or with a layer of its own?", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["own"]));
    }

    [Fact]
    public void A_sample_of_another_shape_is_found_when_saving() =>
        Assert.Throws<NotSupportedException>(() => new SavedModel<double>(Small(), [3]).Save(folder["model"]));

    [Fact]
    public void Class_names_are_as_many_as_the_outputs()
    {
        var model = Sequential(Linear(2, 3, new Random(1)));
        Assert.Equal(
            "SavedModel: the model could not be loaded again, so it is not saved; the model: its classes have 1 names, its network has 3 outputs; each needs one name",
            Assert.Throws<NotSupportedException>(() => new SavedModel<double>(model, [2]) { ClassNames = ["a"] }.Save(folder["model"])).Message);
        Assert.False(File.Exists(folder["model"]));
        Save(new SavedModel<double>(model, [2]) { ClassNames = ["a", "b", "c"] });
    }

    [Fact]
    public void A_note_may_not_take_a_key_of_the_format() =>
        Assert.Contains("the note 'network'", Assert.Throws<ArgumentException>(() => new SavedModel<double>(Small(), [2])
        {
            Notes = new Dictionary<string, string> { ["network"] = "" },
        }.Save(folder["model"])).Message, StringComparison.Ordinal);

    private string Changed(string from, string to)
    {
        var content = Safetensors.Load(Save());
        content.Metadata["format"] = content.Metadata["format"].Replace(from, to, StringComparison.Ordinal);
        content.Save(folder["changed"]);
        return folder["changed"];
    }

    private static string Refused(string file)
    {
        var error = Assert.Throws<DataException>(() => SavedModel<double>.Load(file));
        Assert.StartsWith($"{file}: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    private sealed class Own : Layer<double>
    {
        public override string Type => "own";

        public override Tensor<double> Forward(Tensor<double> input) => input;

        protected internal override Layer<double> Copy(Func<Parameter<double>, Parameter<double>> parameter) => new Own();
    }
}
