using System.Text;
using Backprop.Cli;

// UTF-8 without a byte order mark, wherever the output goes.
if (Console.OutputEncoding.CodePage != Encoding.UTF8.CodePage) Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await CommandLine.RunAsync(args, Terminal.OfProcess());
