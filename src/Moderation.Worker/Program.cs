using Moderation.Worker.Commands;

return await CommandLine.RunAsync(args);
