'use client';

import { useMutation } from '@/components/data/mutation/mutation';
import { tryCode } from '@/lib/code/contract';
import { type CallInput, call } from './call';

/** Runs code once on given values. What the code throws is no error of the call. */
export function useTryCode() {
  return useMutation({
    mutationFn: (body: NonNullable<CallInput<typeof tryCode>['body']>) => call(tryCode, { body }),
  });
}
