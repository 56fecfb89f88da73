using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;

namespace Backprop.Cli.Explain.Page;

/// <summary>What every page begins and ends with. It needs nothing else, and allows its own style and script alone.</summary>
internal static class HtmlPage
{
    private const string Policy = "default-src 'none'; base-uri 'none'; form-action 'none'";

    private static readonly string Style = Resource("page.css"), Script = Resource("page.js");

    /// <summary>Begins a page, up to its heading.</summary>
    public static StringBuilder Open(string title) => Open(title, Style, Script);

    /// <summary>Begins a page that only is read, with pictures within it and a style beside that of every page.</summary>
    public static StringBuilder Open(string title, string style) => Open(title, $"{Style}\n{style}", "", "; img-src data:");

    /// <summary>Begins a page with a style and a script of its own, which it is to end with.</summary>
    public static StringBuilder Open(string title, string style, string script) => Open(title, style, script, "");

    private static StringBuilder Open(string title, string style, string script, string more) => new StringBuilder()
        .Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" +
            "<meta name=\"viewport\" content=\"width=device-width\">\n")
        .Append(
            CultureInfo.InvariantCulture,
            $"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}; style-src {Digest(style)}; script-src {Digest(script)}{more}\">\n")
        .Append(CultureInfo.InvariantCulture, $"<title>{Encoded(title)}</title>\n<style>{style}</style>\n</head>\n")
        .Append(CultureInfo.InvariantCulture, $"<body>\n<main>\n<header>\n<h1>{Encoded(title)}</h1>\n");

    /// <summary>Ends a page whose numbers lead to nothing.</summary>
    public static string Close(StringBuilder text) => text.Append("</main>\n</body>\n</html>\n").ToString();

    /// <summary>Ends a page whose numbers lead to what stands in its data.</summary>
    /// <param name="text">The page.</param>
    /// <param name="data">JSON in which no letter could end an element.</param>
    public static string Close(StringBuilder text, string data) => text
        .Append("</main>\n<aside id=\"why\" role=\"dialog\" aria-labelledby=\"why-title\" hidden=\"\"></aside>\n")
        .Append(CultureInfo.InvariantCulture, $"<script type=\"application/json\" id=\"anatomies\">{data}</script>\n")
        .Append(CultureInfo.InvariantCulture, $"<script>{Script}</script>\n</body>\n</html>\n").ToString();

    /// <summary>Text in which no letter means anything to HTML.</summary>
    public static string Encoded(string text) => SecurityElement.Escape(text);

    /// <summary>What allows one style or script and no other.</summary>
    private static string Digest(string content) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}'";

    /// <summary>A text that lies in the tool.</summary>
    public static string Resource(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
