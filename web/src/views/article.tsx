import {useApi, type CodedArticle} from "../api";
import {day} from "../labels";
import {addressOf, href, idOf, useTitle, type Params} from "../state";
import {CodedArticleView} from "../text/coded-article";
import {Downloads} from "../ui/downloads";
import {Failure, Loading} from "../ui/note";

export function View({path, params}: {path: string; params: Params}) {
  const id = idOf(path);
  const address = `/api/articles/${encodeURIComponent(id)}`;
  const {data, error, retry} = useApi<CodedArticle>(address);
  useTitle(data?.article.title ?? (data ? `Article ${id}` : "Article"));
  if (error) return <><h1>Article {id}</h1><Failure error={error} retry={retry} /></>;
  if (!data) return <><h1>Article</h1><Loading height="70vh" label="Loading the article" /></>;
  return (
    <div class="article-view">
      <Head article={data.article} address={address} />
      <CodedArticleView article={data} path={path} params={params} />
    </div>
  );
}

function Head({article, address}: {article: CodedArticle["article"]; address: string}) {
  return (
    <header class="article-head">
      <h1>{article.title ?? `Article ${article.id}`}</h1>
      <p class="muted">
        {[article.source, article.author, article.date && day(article.date)].filter(Boolean).join(" · ")}
        {article.url && /^https?:/.test(article.url) ? <> · <a href={article.url} rel="noreferrer">the original</a></> : null}
      </p>
      {article.same_as ? (
        <p>This reprints <a href={addressOf("article", article.same_as)}>article {article.same_as}</a>.</p>
      ) : null}
      <div class="spread small">
        <a href={href("/events", {article: article.id})}>Its events as a table</a>
        <Downloads path={address} params={{}} csv={href("/api/events.csv", {article: article.id, all: "1"})} />
      </div>
    </header>
  );
}
