import { z } from 'zod';

const language = '[a-zA-Z]{2,3}(?:-[a-zA-Z]{3}){0,3}|[a-zA-Z]{4,8}';
const script = '(?:-[a-zA-Z]{4})?';
const region = '(?:-(?:[a-zA-Z]{2}|[0-9]{3}))?';
const variants = '(?:-(?:[a-zA-Z0-9]{5,8}|[0-9][a-zA-Z0-9]{3}))*';
const extensions = '(?:-[0-9a-wyzA-WYZ](?:-[a-zA-Z0-9]{2,8})+)*';
const privateUse = '(?:-[xX](?:-[a-zA-Z0-9]{1,8})+)?';

/** `langtag` of RFC 5646, 2.1 (BCP 47). Its parts need not be registered. */
const pattern = new RegExp(`^(?:${language})${script}${region}${variants}${extensions}${privateUse}$`);

export const languageTag = z
  .string()
  .max(100, 'must have at most 100 characters')
  .regex(pattern, 'must be a BCP 47 language tag, like en or pt-BR');
