from videos.index_page import VideoIndexPage
from videos.page import VideoPage, VideoTopic
from videos.series import Episode, VideoSeriesPage

__all__ = ["Episode", "VideoIndexPage", "VideoPage", "VideoSeriesPage", "VideoTopic"]
