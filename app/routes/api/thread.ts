import { threadEndpoint } from '~/server/api/endpoints';
import { serve } from '~/server/api-guard';

export const loader = serve(threadEndpoint);
