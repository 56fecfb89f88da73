using System.Globalization;
using Backprop.Data;
using Backprop.Explaining;
using Backprop.Lessons.Networks;
using Backprop.Lessons.Worksheets;

namespace Backprop.Lessons.Tests.Worksheets;

public sealed class ReviewTests : IDisposable
{
    private readonly NetworkStep mazur = WorksheetTests.Step("mazur");

    public void Dispose() => mazur.Dispose();

    private ReviewedAnswers Review(string csv) => Review(mazur, csv);

    private static ReviewedAnswers Review(NetworkStep step, string csv) => ReviewedAnswers.Of(step.Form, FormAnswers.Parse(csv, "mine.csv"), "mine.csv");

    private static string Text(double number) => number.ToString("G6", CultureInfo.InvariantCulture);

    private static double Sigmoid(double z) => 1 / (1 + Math.Exp(-z));

    [Fact]
    public void Right_numbers_are_right_in_any_order_and_to_any_digits()
    {
        var review = Review("value,symbol,index\n0.298371,L,\n0.38,z1,\"[0,0]\"\n0.59327,\"a1[0,0]\",\n0.1498,w1,\n");
        Assert.Equal((4, 0, 0), (review.Count(Mark.Right), review.Count(Mark.FollowThrough), review.Count(Mark.Wrong)));
        Assert.Null(review.FirstMistake);
        Assert.Equal(["z1[0,0]", "a1[0,0]", "L", "w1"], review.Answers.Select(answer => answer.Entry.Name));
    }

    [Fact]
    public void The_first_wrong_number_in_the_order_of_calculation_is_named_and_what_follows_from_it_is_none()
    {
        double z = 0.0425, a = Sigmoid(z);
        var review = Review($"symbol,index,value\nL,,0.3\nz1,\"[0,1]\",{Text(z)}\na1,\"[0,1]\",{Text(a)}\nz2,\"[0,0]\",{Text(0.59326999 * 0.4 + a * 0.45 + 0.6)}\n");
        Assert.Equal("z1[0,1]", review.FirstMistake!.Entry.Name);
        Assert.StartsWith("b1 is left out", review.FirstMistake.Cause);
        Assert.Equal([Mark.Wrong, Mark.FollowThrough, Mark.FollowThrough, Mark.Right], review.Answers.Select(answer => answer.Mark));
    }

    [Fact]
    public void Semicolons_bring_decimal_commas()
    {
        Assert.Null(Review("symbol;index;value\nz1;[0,0];0,3775\nz1;[0,1];0.3925\n").FirstMistake);
        Assert.Contains("line 2: the value '0,3775' has a comma", Assert.Throws<DataException>(() => Review("symbol,index,value\nz1,\"[0,0]\",\"0,3775\"\n")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_is_read_as_well()
    {
        var review = Review("""{"format":"backprop-form/1","entries":[{"symbol":"z1","index":"[0,0]","value":0.3775},{"path":"loss","value":"0,2984"},{"symbol":"z9","value":null}]}""");
        Assert.Equal(2, review.Count(Mark.Right));
    }

    [Fact]
    public void Indices_from_one_are_a_convention()
    {
        var review = Review("symbol;index;value\nz1;[1,1];0,3775\nz1;[1,2];0,3925\nL;;0,2984\n");
        Assert.Null(review.FirstMistake);
        Assert.Equal("indices are counted from 1; here they are counted from 0", Assert.Single(review.Conventions));
    }

    [Fact]
    public void A_turned_weight_is_a_convention()
    {
        var review = Review("symbol;index;value\n∂L/∂W2;[0,0];0,082167\n∂L/∂W2;[1,0];-0,0226025\n∂L/∂W2;[0,1];0,0826676\nW2;[0,1];0,408666\n");
        Assert.Null(review.FirstMistake);
        Assert.Equal(2, review.Conventions.Count);
        Assert.StartsWith("∂L/∂W2 is written as [outputs, inputs]", review.Conventions[0]);
    }

    [Fact]
    public void The_other_sign_of_delta_is_a_convention_and_the_slopes_with_it_where_the_update_is_right()
    {
        var review = Review("symbol;index;value\nδ2;[0,0];-0,138499\nδ2;[0,1];0,0380982\n∂L/∂W2;[0,0];-0,082167\nW2;[0,0];0,358916\n");
        Assert.Null(review.FirstMistake);
        Assert.Equal(2, review.Conventions.Count);
        // Without any δ it is a mistake.
        Assert.Equal("the sign is the other one", Review("symbol;index;value\n∂L/∂W2;[0,0];-0,082167\n").FirstMistake!.Cause);
    }

    [Theory]
    [InlineData("symbol,index,value\nz9,,1\n", "line 2: this step has no 'z9'")]
    [InlineData("symbol,index,value\nz1,\"[0,5]\",1\n", "line 2: z1 has the shape [1, 2], and no entry [0,5]")]
    [InlineData("symbol,index,value\nz1,,1\n", "line 2: z1 has the shape [1, 2], and no entry without an index")]
    [InlineData("symbol,index,value\nL,,1\nL,,2\n", "line 3: L has a value already, at line 2")]
    [InlineData("symbol,index,value\nL,,one\n", "line 2: the value 'one' is not a number")]
    [InlineData("symbol,index,value\nz1,\"[a,0]\",1\n", "line 2: the index '[a,0]' is none")]
    [InlineData("path,index,value\nhidden.weight,\"[0,0]\",1\n", "line 2: 'hidden.weight' may be ∂L/∂W1 or W1; give the symbol")]
    [InlineData("symbol,index\nL,\n", "the first line names no column value")]
    [InlineData("symbol,index,value\nL,,\n", "there is no value in it")]
    [InlineData("{\"format\":\"backprop-answers/1\"}", "$.format is not \"backprop-form/1\"")]
    [InlineData("{\"format\"", "this is not JSON, line 1")]
    public void What_cannot_be_read_is_refused_with_its_place(string text, string message) =>
        Assert.StartsWith($"mine.csv: {message}", Assert.Throws<DataException>(() => Review(text)).Message, StringComparison.Ordinal);

    public static TheoryData<string, double, string> Slips => new()
    {
        { "z1[0,0]", 0.0275, "b1 is left out" },
        { "z2[0,0]", 0.593270 * 0.4 + 0.596884 * 0.5 + 0.6, "W2 is read turned, rows as columns" },
        { "z2[0,0]", 0.3775 * 0.4 + 0.3925 * 0.45 + 0.6, "σ(z1) is left out: z1 is read in the place of a1" },
        { "z2[0,0]", 0.593270 * 0.4 + 0.6, "a1[0,1]·W2[1,0] is left out" },
        { "a1[0,0]", 0.3775, "σ(z1) is left out" },
        { "a1[0,0]", 0.360534, "tanh is taken" },
        { "L", 0.596742, "the factor ½ is left out" },
        { "L", 0.274811, "only the error at [0,0] is taken" },
        { "∂L/∂ŷ[0,0]", -0.741365, "the sign is the other one" },
        { "δ2[0,0]", 0.741365, "the derivative of σ(z2) is left out" },
        { "δ2[0,0]", 0.186816, "this is the local derivative alone" },
        { "δ2[0,0]", 0.741365 * 1.105906 * (1 - 1.105906), "the derivative is taken at z2" },
        { "∂L/∂w5", 0.741365 * 0.593270, "the derivative of σ(z2) is left out: ∂L/∂ŷ is read in the place of δ2" },
        { "∂L/∂w5", 0.3775 * 0.138499, "σ(z1) is left out: z1 is read in the place of a1" },
        { "∂L/∂a1[0,0]", 0.138499 * 0.4 - 0.0380982 * 0.45, "W2 is read turned, rows as columns" },
        { "∂L/∂a1[0,0]", 0.138499 * 0.358916 - 0.0380982 * 0.511301, "W2 is read after its update" },
        { "∂L/∂a1[0,0]", 0.0413703, "this is the number of ∂L/∂a1[0,1]" },
        { "δ1[0,0]", 2 * 0.00877135, "a factor 2 too much" },
        { "w5", 0.4 - 0.0821670, "the learning rate is left out" },
        { "w5", 0.4 + 0.5 * 0.0821670, "the step is added; it is subtracted" },
        { "ŷ[0,0]", 0.7521, "nearly right" },
        { "ŷ[0,0]", 7.51365, "the decimal point stands in the wrong place" },
        { "ŷ[0,0]", 0.248635, "the sign in the exponent is the other one" },
        { "∂L/∂w1", 0.05 * 0.0363503, "∂L/∂a1 is read in the place of δ1" },
        { "w1", 0.15 - 0.5 * 0.05 * 0.0363503, "at ∂L/∂W1: the derivative of σ(z1) is left out" },
    };

    [Theory]
    [MemberData(nameof(Slips))]
    public void A_usual_slip_is_named(string name, double number, string cause) => Assert.Contains(cause, Review($"symbol;value\n{name};{Text(number)}\n").FirstMistake!.Cause, StringComparison.Ordinal);

    [Theory]
    [InlineData("z1[0,0]", "0")]
    [InlineData("z1[0,0]", "0.00")]
    [InlineData("z1[0,0]", "0.03")]
    [InlineData("δ1[0,0]", "0")]
    public void A_number_of_no_digits_or_one_tells_no_cause(string name, string typed) => Assert.Null(Review($"symbol;value\n{name};{typed}\n").FirstMistake!.Cause);

    [Fact]
    public void A_contribution_that_is_taken_alone_is_named()
    {
        using var step = WorksheetTests.Step("rnn");
        var entry = step.Form.Entries.First(each => each.Name == "∂L/∂Wh[0,0]");
        var last = step.Form.Tape.BackwardSteps.Last(use => use.Inputs.Contains(entry.Line.Tensor));
        double alone = last.Terms(last.Inputs.ToList().IndexOf(entry.Line.Tensor), entry.Index).Sum(term => term.Value);
        Assert.StartsWith("only what comes from u6 is taken: = in the place of +=", Review(step, $"symbol;value\n{entry.Name};{Text(alone)}\n").FirstMistake!.Cause);
    }

    [Fact]
    public void A_mistake_on_the_way_back_is_named_where_nothing_of_the_way_is_given()
    {
        using var step = WorksheetTests.Step("rnn");
        // Back-propagation through one time step alone: the gradient of the state stops at t = 3.
        var (h, x, delta) = (Line("h_2"), Line("x_3"), Line("δ_3"));
        var rows = Enumerable.Range(0, 4).Select(flat => (Row: flat / 2, Column: flat % 2)).SelectMany(at => new[]
        {
            FormattableString.Invariant($"∂L/∂Wh;[{at.Row},{at.Column}];{h.Entries[at.Row].Value * delta.Entries[at.Column].Value:G6}"),
            FormattableString.Invariant($"∂L/∂Wx;[{at.Row},{at.Column}];{x.Entries[at.Row].Value * delta.Entries[at.Column].Value:G6}"),
        });
        string text = "symbol;index;value\n" + string.Join('\n', rows);
        Assert.Contains("does not flow", Review(step, text).FirstMistake!.Cause, StringComparison.Ordinal);

        FormLine<double> Line(string symbol) => step.Form.Lines.First(line => line.Symbol == symbol);
    }

    [Fact]
    public void No_right_number_of_any_lesson_is_called_wrong()
    {
        foreach (string name in NetworkLessons.Names)
        {
            using var step = WorksheetTests.Step(name);
            var rows = step.Form.Entries.Where(entry => entry.Line.Kind != FormKind.Quantity).Select(entry => string.Create(
                CultureInfo.InvariantCulture, $"{entry.Line.Phase.ToString().ToLowerInvariant()};{entry.Line.Symbol};{entry.Line.Tensor.Shape.Position(entry.Index)};{entry.Value:R}"));
            var review = Review(step, "phase;symbol;index;value\n" + string.Join('\n', rows));
            Assert.Null(review.FirstMistake);
            Assert.Empty(review.Conventions);
        }
    }
}
