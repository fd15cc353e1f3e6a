/** A group as shown beside a contribution. */
export interface GroupLink {
  path: string;
  /** "7 people in 3 countries report this same barrier". */
  line: string;
}
