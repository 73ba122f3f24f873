// The shapes of docs/record.schema.json and of the annotation, as far as the page reads them.
// The API's description leaves them open, since they have a schema of their own.

export interface Words {
  text: string;
  start: number;
  end: number;
}

export interface Entity {
  entity_text?: string;
  start?: number;
  end?: number;
  code?: string;
  sector?: string[];
  name?: string;
  identifier_id?: string;
  office?: string;
  via?: "name" | "title" | "pronoun" | "nominal" | "place";
  anaphor?: Words;
}

export interface Source extends Entity {
  cue?: string;
  quoted: boolean;
}

export interface Place {
  entity_text: string;
  start: number;
  end: number;
  name?: string;
  country?: string;
  admin1?: string;
  lat?: number;
  lon?: number;
  precision?: "point" | "city" | "admin" | "country";
}

export interface Quantity extends Words {
  value: number;
  relation: "=" | "~" | "<~" | ">" | "<" | ">=" | "<=" | "..";
  high?: number;
}

export interface OtherCount extends Quantity {
  kind: string;
  according_to: Source[];
}

export interface EventRecord {
  id: string;
  doc: string;
  sentence: number;
  start: number;
  end: number;
  event_text: string;
  event: string;
  mode?: string[];
  context?: string[];
  cameo?: string;
  quad_code: number;
  event_scale: number;
  actor?: Entity[];
  recipient?: Entity[];
  date?: string;
  end_date?: string;
  date_basis?: "stated" | "relative" | "publication";
  event_loc?: Place;
  size?: { [kind: string]: Quantity };
  counts?: OtherCount[];
  status: string;
  according_to?: Source[];
  doubt?: Words;
  story?: string;
  rule: string;
  confidence: number;
  text: string;
}

export interface Claim {
  id?: string;
  sentence?: number;
  speaker?: Entity;
  cue?: string;
  quoted: boolean;
  type?: "statement" | "attitude";
  start: number;
  end: number;
  text: string;
  date?: string;
}

export interface Extent {
  start: number;
  end: number;
}

export interface Time extends Words {
  type: string;
  value?: string;
}

export interface Annotation {
  sentences?: Extent[];
  entities?: (Entity & { entity?: number })[];
  times?: Time[];
  places?: Place[];
  quantities?: (Quantity & { unit?: string; of?: string })[];
  skipped?: (Extent & { why: string })[];
}
