// What the text rooms read of records and of the annotation. Records are typed with the API; the
// annotation and claims, which the API's description leaves open, here.

import type {CodedArticle, Entity, EventRecord, Place, Quantity, Source, Span as Extent} from "../api";

export type {Entity, EventRecord, Extent, Place, Quantity, Source};

export interface Claim extends Extent {
  id?: string;
  sentence?: number;
  speaker?: Partial<Entity>;
  cue?: string;
  quoted: boolean;
  type?: "statement" | "attitude";
  text: string;
  date?: string;
}

export interface Time extends Extent {
  text: string;
  type: string;
  value?: string;
}

export interface Annotation {
  sentences?: Extent[];
  entities?: Entity[];
  times?: Time[];
  places?: Place[];
  quantities?: Quantity[];
  skipped?: (Extent & {why: string})[];
}

export const annotationOf = (article: CodedArticle): Annotation => article.annotation as Annotation;
export const claimsOf = (article: CodedArticle): Claim[] => article.claims as unknown as Claim[];
