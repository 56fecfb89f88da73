using Backprop.Tensors;
using static Backprop.Nn<double>;

namespace Backprop.Tests.Tensors;

public class ParameterListTests
{
    private static IReadOnlyList<string> Names(params string[] paths) =>
        new ParameterList<double>(paths.Select(path => (path, Parameter([1], 1)))).Names;

    [Fact]
    public void Equal_paths_are_numbered_on() => Assert.Equal(["w", "w2", "w3"], Names("w", "w", "w"));

    [Fact]
    public void A_parameter_without_a_path_is_called_by_its_position() => Assert.Equal(["parameter1", "w", "parameter3"], Names("", "w", ""));

    [Fact]
    public void A_parameter_without_a_path_takes_the_next_number_where_its_own_is_taken() =>
        Assert.Equal(["parameter2", "parameter3", "parameter4"], Names("parameter2", "", ""));
}
