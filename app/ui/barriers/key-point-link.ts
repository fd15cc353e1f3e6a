/** A key point as it is shown in lists and beside its reports. */
export interface KeyPointLink {
  id: string;
  path: string;
  title: string;
  /** The language of the title, BCP 47. */
  language: string;
  /** True if no person has accepted the title yet. */
  proposed: boolean;
  /** "7 people: 3 reported it, 4 face it too". */
  people: string;
  /** "Guinea and Senegal"; may be empty. */
  places: string;
}
