import {useTitle, type Params} from "../state";

export function View(_props: {path: string; params: Params}) {
  useTitle("");
  return <h1>Overview</h1>;
}
