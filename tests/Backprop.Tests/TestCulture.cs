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
        CultureInfo.DefaultThreadCurrentCulture = Comma();
        CultureInfo.CurrentCulture = Comma();
    }

    /// <summary>Runs something under a culture whose decimal separator is a comma, also where the other tests run under another.</summary>
    internal static T UnderComma<T>(Func<T> run)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = Comma();
        try
        {
            return run();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CultureInfo Comma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        return culture;
    }
}
