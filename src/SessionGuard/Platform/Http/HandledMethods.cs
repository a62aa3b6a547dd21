using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace SessionGuard.Platform.Http;

/// <summary>The framework draws a page even for a method or a button that it has no handler for, from a model that nobody filled. Ours are not drawn.</summary>
internal sealed class HandledMethods : IPageFilter
{
    public void OnPageHandlerSelected(PageHandlerSelectedContext context)
    {
    }

    public void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var method = context.HttpContext.Request.Method;
        if (context.HandlerMethod is null && !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            var posts = context.ActionDescriptor.HandlerMethods.Any(h => HttpMethods.IsPost(h.HttpMethod));
            context.HttpContext.Response.Headers.Allow = posts ? "GET, HEAD, POST" : "GET, HEAD";
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
        }
    }

    public void OnPageHandlerExecuted(PageHandlerExecutedContext context)
    {
    }
}
