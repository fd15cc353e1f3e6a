import { useActionData } from '@remix-run/react';
import type { FormState } from '~/platform/form-state';

/** Returns the form of this page as it came back, if it was sent and could not be processed. */
export function useFormState(): FormState | undefined {
  return useActionData<FormState>() ?? undefined;
}
