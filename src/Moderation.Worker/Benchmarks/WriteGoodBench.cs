using System.Diagnostics;
using System.Text.Json;
using Moderation.Worker.Commands;

namespace Moderation.Worker.Benchmarks;

/// <summary>write-good, the prose linter from npm, on the same texts: processor time of the linting alone, the best of the rounds.</summary>
internal static class WriteGoodBench
{
    private const string Script = """
        const [, , folder, file, rounds] = process.argv;
        const lint = require(require('path').resolve(folder));
        const texts = JSON.parse(require('fs').readFileSync(file, 'utf8'));
        let best = Infinity, found = 0;
        for (let round = 0; round <= Number(rounds); round++) {
          found = 0;
          const start = process.cpuUsage();
          for (const text of texts) found += lint(text).length;
          const used = process.cpuUsage(start);
          if (round > 0) best = Math.min(best, (used.user + used.system) / 1e6);
        }
        console.log(JSON.stringify({ seconds: best, found }));
        """;

    /// <param name="folder">The package's folder, as in node_modules/write-good.</param>
    /// <exception cref="CommandFailedException">Node.js or the package is missing.</exception>
    public static IReadOnlyList<Figure> Run(string folder, BenchTexts texts, int rounds, double ownSpeed)
    {
        var work = Directory.CreateTempSubdirectory("moderation-bench-");
        try
        {
            var (script, file) = (Path.Combine(work.FullName, "write-good.cjs"), Path.Combine(work.FullName, "texts.json"));
            File.WriteAllText(script, Script);
            File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(texts.Pieces.Select(piece => piece.Text)));
            using var result = JsonDocument.Parse(Node(script, Path.GetFullPath(folder), file, rounds.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            var speed = texts.Bytes / 1e6 / result.RootElement.GetProperty("seconds").GetDouble();
            return
            [
                new Figure("write-good, the same texts", "MB/s of UTF-8 text", speed),
                new Figure(SpeedBench.Group, "speed, times write-good's", ownSpeed / speed, 3),
            ];
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static string Node(params string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var node = Process.Start(start)!;
            var errors = node.StandardError.ReadToEndAsync();
            var output = node.StandardOutput.ReadToEnd();
            node.WaitForExit();
            return node.ExitCode == 0 ? output : throw new CommandFailedException($"write-good did not run: {errors.Result.Trim()}\nInstall it with 'npm install write-good' in a folder of your own and give --write-good FOLDER/node_modules/write-good.");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new CommandFailedException("node is not there to run write-good with: install Node.js, or leave out --write-good.");
        }
    }
}
