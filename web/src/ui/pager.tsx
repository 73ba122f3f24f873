import {count} from "../labels";
import {href, withParams, type Params} from "../state";

interface Props {path: string; params: Params; page: number; perPage: number; total: number; unit: string}

export function Pager({path, params, page, perPage, total, unit}: Props) {
  const pages = Math.max(1, Math.ceil(total / perPage));
  if (total === 0) return null;
  const at = (number: number) => href(path, withParams(params, {page: number === 1 ? undefined : String(number)}));
  const first = (page - 1) * perPage + 1;
  const last = Math.min(total, page * perPage);
  return (
    <nav class="pager" aria-label="Pages">
      {page > 1 ? <a class="button" rel="prev" href={at(page - 1)}>Previous</a> : <span />}
      <span class="muted small">{count(first)} to {count(last)} of {count(total)} {unit}</span>
      {page < pages ? <a class="button" rel="next" href={at(page + 1)}>Next</a> : <span />}
    </nav>
  );
}
