import type { Child } from 'hono/jsx';
import type { Site } from '../site.ts';
import { texts } from '../texts.ts';

export type FrameProps = {
  site: Site;
  /** The state; the name of the call follows it. */
  title: string;
  /** It shows errors: the title begins with that. */
  isWrong?: boolean;
  /** Files below `/pages/`, beside those of every page. */
  styles?: readonly string[];
  scripts?: readonly string[];
  children?: Child;
};

/** The frame of all pages but the reference: skip link, header, main, footer. */
export const Frame = ({ site, title, isWrong, styles = [], scripts = [], children }: FrameProps) => (
  <html lang="en" data-for-you={texts.time.forYou}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      {/* With `no-referrer`, which the header field says, browsers would send forms without their Origin. */}
      <meta name="referrer" content="same-origin" />
      <title>{`${isWrong ? texts.frame.error : ''}${title} · ${site.call.name}`}</title>
      <link rel="icon" href={site.path('/pages/frame/favicon.svg')} />
      <link rel="preload" href={site.path('/pages/frame/serif.woff2')} as="font" type="font/woff2" crossorigin="" />
      {/* Ours first, though they win in any order: else a page that is drawn in between asks for Pico's own icons. */}
      {['frame/pages.css', 'frame/pico.css', ...styles].map((file) => (
        <link rel="stylesheet" href={site.path(`/pages/${file}`)} />
      ))}
      {['parts/time.browser.js', ...scripts].map((file) => (
        <script type="module" src={site.path(`/pages/${file}`)} />
      ))}
    </head>
    <body>
      <a class="skip" href="#main">
        {texts.frame.skip}
      </a>
      <header>
        <a class="home" href={site.path('/')}>
          {site.call.name}
        </a>
        <nav aria-label={texts.frame.nav}>
          <a href={site.path('/propose')}>{texts.frame.propose}</a>
          <a href={site.path('/mine')}>{texts.frame.mine}</a>
        </nav>
      </header>
      <main id="main" tabindex={-1}>
        {children}
      </main>
      <footer>
        <p>
          {texts.frame.questions} <a href={`mailto:${site.call.contact}`}>{site.call.contact}</a>
        </p>
        <p class="printed" data-printed={texts.frame.printed} />
        <p class="screen">
          <a href={site.path('/reference')}>{texts.frame.reference}</a>
        </p>
      </footer>
    </body>
  </html>
);
