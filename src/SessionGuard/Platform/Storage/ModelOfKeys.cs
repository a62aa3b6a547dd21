using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace SessionGuard.Platform.Storage;

/// <summary>A model seals with the keys of one file. Where a process has two services, as tests do, those with one file share it.</summary>
internal sealed class ModelOfKeys : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), (context as SessionGuardDb)?.KeyFile, designTime);
}
