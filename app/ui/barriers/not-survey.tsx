import { pathTo } from '~/platform/paths';
import { linkTo, Text } from '~/ui/i18n';

/** That people chose to write, once on each page with counts. `method` is where it is explained. */
export function NotSurvey({ method = `${pathTo('/about')}#figures` }: { method?: string }) {
  return <Text k="barriers.notSurvey" values={{ link: linkTo(method) }} />;
}
