using System.Globalization;

namespace Backprop.Tests.Optimizers;

/// <summary>The value of a text such as <c>(1 − 0.1·0.5)·2 − 0.1·(−3)/(√4 + 1)</c>.</summary>
internal static class Arithmetic
{
    public static double Value(string text)
    {
        int at = 0;
        string rest = text.Replace(" ", "", StringComparison.Ordinal).Replace('−', '-');
        double value = Sum();
        Assert.Equal(rest.Length, at);
        return value;

        double Sum()
        {
            double sum = Product();
            while (at < rest.Length && (rest[at] is '+' or '-')) sum += rest[at++] == '+' ? Product() : -Product();
            return sum;
        }

        double Product()
        {
            double product = Factor();
            while (at < rest.Length && (rest[at] is '·' or '/')) product = rest[at++] == '·' ? product * Factor() : product / Factor();
            return product;
        }

        double Factor()
        {
            switch (rest[at])
            {
                case '√': at++; return Math.Sqrt(Factor());
                case '-': at++; return -Factor();
                case '(':
                    at++;
                    double inside = Sum();
                    Assert.Equal(')', rest[at++]);
                    return inside;
                default:
                    int start = at;
                    while (at < rest.Length && (char.IsAsciiDigit(rest[at]) || rest[at] == '.')) at++;
                    return double.Parse(rest.AsSpan(start, at - start), CultureInfo.InvariantCulture);
            }
        }
    }
}
