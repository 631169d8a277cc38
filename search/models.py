from search.best_bets import BestBet
from search.entries import EntrySubject, SearchEntry
from search.synonyms import SynonymGroup
from search.vain import VainSearch
from search.vocabulary import Word

__all__ = ["BestBet", "EntrySubject", "SearchEntry", "SynonymGroup", "VainSearch", "Word"]
