using System.Diagnostics;
using System.Reflection;
using Backprop.Kernels;

namespace Backprop.Tests;

public class HouseTests
{
    [Fact]
    public void The_library_is_built_with_the_optimiser_on()
    {
        var debuggable = typeof(Gemm).Assembly.GetCustomAttribute<DebuggableAttribute>();
        Assert.False(debuggable?.IsJITOptimizerDisabled ?? false);
    }
}
