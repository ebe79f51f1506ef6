// Every fact of Shell speaks in terms of Language (complaints, outlines, words), so whoever renders or plays facts gets both with one import.
@_exported import Language
