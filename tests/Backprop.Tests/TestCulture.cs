using System.Globalization;
using System.Runtime.CompilerServices;

namespace Backprop.Tests;

/// <summary>With BACKPROP_TEST_CULTURE=comma every test runs under a culture whose decimal separator is a comma.</summary>
internal static class TestCulture
{
    [ModuleInitializer]
    internal static void Set()
    {
        if (Environment.GetEnvironmentVariable("BACKPROP_TEST_CULTURE") != "comma") return;
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        CultureInfo.DefaultThreadCurrentCulture = culture;
        CultureInfo.CurrentCulture = culture;
    }
}
