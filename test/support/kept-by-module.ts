import { type Expression, parseSync, type VariableDeclaration, Visitor } from 'oxc-parser';

/** The names in a module by which it could keep something from one call to the next. */
export function keptByModule(text: string): string[] {
  const { program, errors } = parseSync('module.ts', text);
  if (errors[0]) throw new Error(errors[0].message);
  const kept = new Set<string>();
  const [names, patterns] = [new Set<string>(), new Set<string>()];
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type !== 'Identifier') continue;
      names.add(id.name);
      if (remembers(init)) patterns.add(id.name);
      const { start = 0, end = 0 } = id.typeAnnotation ?? {};
      const isReadonly = /^: (Readonly|readonly )/.test(text.slice(start, end));
      if (isChangeable(declaration, init, isReadonly)) kept.add(id.name);
    }
  }
  const ifOurs = (target: unknown) => {
    const name = ownerOf(target);
    if (name !== undefined && names.has(name)) kept.add(name);
  };
  new Visitor({
    AssignmentExpression: ({ left }) => ifOurs(left),
    UpdateExpression: ({ argument }) => ifOurs(argument),
    UnaryExpression: ({ operator, argument }) => {
      if (operator === 'delete') ifOurs(argument);
    },
    CallExpression: ({ callee }) => {
      const name = ownerOf(callee);
      if (name !== undefined && patterns.has(name) && /\b(test|exec)$/.test(text.slice(callee.start, callee.end)))
        kept.add(name);
    },
  }).visit(program);
  return [...kept];
}

function isChangeable({ kind }: VariableDeclaration, init: Expression | null, isReadonly: boolean): boolean {
  if (kind !== 'const') return true;
  if (init?.type === 'ArrayExpression') return init.elements.length === 0 && !isReadonly;
  if (init?.type === 'ObjectExpression') return init.properties.length === 0 && !isReadonly;
  if (init?.type !== 'NewExpression' || init.callee.type !== 'Identifier') return false;
  return init.callee.name !== 'RegExp' && !isReadonly;
}

/** Whether it is a pattern that remembers where it found something last. */
function remembers(init: Expression | null): boolean {
  if (init?.type === 'Literal' && 'regex' in init) return /[gy]/.test(init.regex.flags);
  if (init?.type !== 'NewExpression' || init.callee.type !== 'Identifier' || init.callee.name !== 'RegExp')
    return false;
  const flags = init.arguments[1];
  return flags?.type === 'Literal' && /[gy]/.test(String(flags.value));
}

/** The variable that a target like `a.b[c]` belongs to. */
function ownerOf(target: unknown): string | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  if ('object' in target) return ownerOf(target.object);
  return 'name' in target && typeof target.name === 'string' ? target.name : undefined;
}
