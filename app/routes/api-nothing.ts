import { noSuchThing } from '~/http/api-guard';

export const loader = noSuchThing;
