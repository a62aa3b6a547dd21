using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SessionGuard.Platform.Storage.Rows;

namespace SessionGuard.Platform.Storage;

/// <summary>
/// Refuses a query that asks the database about a sealed value. It would find nothing, and say nothing: each sealing of a text is another.
/// Looked at once for each query, when it is compiled.
/// </summary>
internal sealed class SealedComparisons : IQueryExpressionInterceptor
{
    /// <summary>One for the process: EF Core makes a container of services for each it meets.</summary>
    public static readonly SealedComparisons Instance = new();

    private static readonly HashSet<string> Deciding =
    [
        nameof(Queryable.Where), nameof(Queryable.Any), nameof(Queryable.All), nameof(Queryable.Count), nameof(Queryable.LongCount),
        nameof(Queryable.First), nameof(Queryable.FirstOrDefault), nameof(Queryable.Single), nameof(Queryable.SingleOrDefault),
        nameof(Queryable.Last), nameof(Queryable.LastOrDefault), nameof(Queryable.OrderBy), nameof(Queryable.OrderByDescending),
        nameof(Queryable.ThenBy), nameof(Queryable.ThenByDescending), nameof(Queryable.GroupBy), nameof(Queryable.Min), nameof(Queryable.Max),
        nameof(Queryable.MinBy), nameof(Queryable.MaxBy), nameof(Queryable.DistinctBy),
    ];

    private static readonly HashSet<string> Joining = [nameof(Queryable.Join), nameof(Queryable.GroupJoin), nameof(Queryable.LeftJoin), nameof(Queryable.RightJoin)];

    /// <summary>Decide by what was selected before.</summary>
    private static readonly HashSet<string> OfItself =
        [nameof(Queryable.Order), nameof(Queryable.OrderDescending), nameof(Queryable.Distinct), nameof(Queryable.Min), nameof(Queryable.Max)];

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        new Queries().Visit(queryExpression);
        return queryExpression;
    }

    /// <summary>Finds what decides which rows come, in which order.</summary>
    private sealed class Queries : ExpressionVisitor
    {
        private static Expression? Selected(MethodCallExpression node) =>
            node.Arguments[0] is MethodCallExpression { Method.Name: nameof(Queryable.Select) } select && Lambda(select.Arguments[1]) is { } lambda ? lambda.Body : null;

        private static LambdaExpression? Lambda(Expression argument) =>
            (argument is UnaryExpression { NodeType: ExpressionType.Quote } quote ? quote.Operand : argument) as LambdaExpression;

        protected override Expression VisitMethodCall(MethodCallExpression node)
        {
            if (node.Method.DeclaringType is { } type && (type == typeof(Queryable) || type == typeof(Enumerable) || type == typeof(EntityFrameworkQueryableExtensions)))
            {
                var lambdas = node.Arguments.Select(Lambda).OfType<LambdaExpression>().ToList();
                var deciding = Deciding.Contains(node.Method.Name) ? lambdas : Joining.Contains(node.Method.Name) ? lambdas.Take(2) : [];
                foreach (var lambda in deciding)
                {
                    new Decisions().Visit(lambda.Body is ParameterExpression ? Selected(node) : lambda.Body);
                }

                if (OfItself.Contains(node.Method.Name) && node.Arguments.Count == 1)
                {
                    new Decisions().Visit(Selected(node));
                }
            }

            return base.VisitMethodCall(node);
        }
    }

    /// <summary>Whether there is a value at all, the database may be asked; what it is, not.</summary>
    private sealed class Decisions : ExpressionVisitor
    {
        protected override Expression VisitBinary(BinaryExpression node) =>
            node.NodeType is ExpressionType.Equal or ExpressionType.NotEqual && (IsNull(node.Left) || IsNull(node.Right)) ? node : base.VisitBinary(node);

        protected override Expression VisitMember(MemberExpression node) =>
            node.Member.GetCustomAttribute<PersonalAttribute>() is null && node.Member.GetCustomAttribute<SealedAttribute>() is null
                ? base.VisitMember(node)
                : throw new InvalidOperationException(
                    $"{node.Member.DeclaringType!.Name}.{node.Member.Name} is sealed in the database, which cannot compare or sort it. Use a blind index, or do it here.");

        private static bool IsNull(Expression expression) => expression switch
        {
            ConstantExpression { Value: null } => true,
            UnaryExpression { NodeType: ExpressionType.Convert, Operand: var inner } => IsNull(inner),
            _ => false,
        };
    }
}
