using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace SessionGuard.Benchmarks;

/// <summary>What most receivers are: one EF Core row and one commit for each request.</summary>
internal static class RowReceiver
{
    public static async Task<int> RunAsync(string port, string engine, string connection)
    {
        var app = BareReceiver.Start(port, services => services.AddDbContextPool<RowDb>(options => _ = engine == "sqlite"
            ? options.UseSqlite(connection)
            : options.UseNpgsql(connection)));
        await using (var scope = app.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<RowDb>();
            await db.Database.EnsureCreatedAsync();
        }

        app.MapPost(Zoom.Path, ReceiveAsync);
        await app.RunAsync();
        return 0;
    }

    private static async Task<IResult> ReceiveAsync(HttpRequest request, RowDb db)
    {
        var body = new byte[(int)request.ContentLength!];
        await request.Body.ReadExactlyAsync(body);
        if (!Zoom.IsSigned(request.Headers["x-zm-request-timestamp"], request.Headers["x-zm-signature"], body))
        {
            return Results.Unauthorized();
        }

        db.Add(new Row { Id = Guid.CreateVersion7(DateTimeOffset.UtcNow), Key = SHA256.HashData(body), Body = body, ReceivedAt = DateTime.UtcNow });
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            // A repeat.
        }

        return Results.Ok();
    }

    internal sealed class RowDb(DbContextOptions<RowDb> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.Entity<Row>().HasIndex(r => r.Key).IsUnique();
    }

    internal sealed class Row
    {
        public required Guid Id { get; init; }

        public required byte[] Key { get; init; }

        public required byte[] Body { get; init; }

        public required DateTime ReceivedAt { get; init; }
    }
}
