import { state } from './product';

/** The account that the set-up project creates on the fresh product, and that every journey signs in with. */
export const owner = {
  name: 'Ana Ortiz',
  email: 'ana@example.test',
  password: 'correct horse battery',
  workspace: 'Northwind',
  /** Signed-in cookies, written by the set-up project. */
  state,
};
